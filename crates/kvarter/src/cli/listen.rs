//! Serving: what `demo` and `serve` have in common. Bound early, ended gently.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use kvarter_services::{App, electronic, job, operations};
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use tracing_subscriber::EnvFilter;

use crate::web::{self, Served, Site};

/// How long requests under way are waited for when the server is asked to end.
const PATIENCE: Duration = Duration::from_secs(10);
/// How often sessions that have run out are forgotten.
const CLEANING: Duration = Duration::from_secs(15 * 60);

/// How often signed files are looked through for timestamps that will soon run out.
const RENEWING: Duration = Duration::from_secs(24 * 60 * 60);

/// Tells what happens on standard error, as `KVARTER_LOG` asks (such as `info` or `kvarter=debug`).
pub(super) fn tell_on_stderr(usual: &str) {
    let asked = std::env::var("KVARTER_LOG").ok().filter(|asked| !asked.is_empty());
    let filter = EnvFilter::builder().parse_lossy(asked.as_deref().unwrap_or(usual));
    // Set once: a second subscriber would only come from a test, and is not needed.
    let _ = tracing_subscriber::fmt().with_env_filter(filter).with_writer(io::stderr).try_init();
}

/// A server that is running.
pub(super) struct Server {
    work: tokio::task::JoinHandle<io::Result<()>>,
}

impl Server {
    /// Begins to serve; requests that came before it wait in the listener's queue.
    pub(super) fn begin(listener: TcpListener, app: Arc<App>, site: Site) -> Self {
        let router = web::router(Served::new(Arc::clone(&app), site));
        tokio::spawn(job::work(Arc::clone(&app)));
        tokio::spawn(clean(Arc::clone(&app)));
        tokio::spawn(renew(app));
        let work = tokio::spawn(async move {
            axum::serve(listener, router).with_graceful_shutdown(asked_to_end()).await
        });
        Self { work }
    }

    /// Serves until asked to end; then waits for requests under way, but not for ever.
    pub(super) async fn until_ended(self) -> io::Result<()> {
        let late = async {
            asked_to_end().await;
            tokio::time::sleep(PATIENCE).await;
        };
        tokio::select! {
            ended = self.work => ended.map_err(io::Error::other)?,
            () = late => Ok(()),
        }
    }
}

/// Forgets sessions that have run out, now and then.
async fn clean(app: Arc<App>) {
    let mut tick = tokio::time::interval(CLEANING);
    loop {
        tick.tick().await;
        match operations::forget_expired_sessions(&app).await {
            Ok(forgotten) => tracing::debug!(forgotten, "sessions that had run out"),
            Err(error) => tracing::warn!(%error, "sessions that have run out were not forgotten"),
        }
    }
}

/// Looks once a day for signed files whose timestamps will soon run out.
async fn renew(app: Arc<App>) {
    let mut tick = tokio::time::interval(RENEWING);
    loop {
        tick.tick().await;
        match electronic::renew(&app).await {
            Ok(0) => {}
            Ok(renewed) => tracing::info!(renewed, "files were given new timestamps"),
            Err(error) => tracing::warn!(%error, "signed files were not looked through"),
        }
    }
}

/// Ends when the terminal or the system asks the process to end.
pub(super) async fn asked_to_end() {
    match (signal(SignalKind::interrupt()), signal(SignalKind::terminate())) {
        (Ok(mut interrupt), Ok(mut terminate)) => {
            tokio::select! {
                _ = interrupt.recv() => {}
                _ = terminate.recv() => {}
            }
        }
        // Without signals there is nothing to wait for; the process ends when it is killed.
        _ => std::future::pending().await,
    }
}

/// Binds an address.
pub(super) async fn bind(address: SocketAddr) -> io::Result<TcpListener> {
    TcpListener::bind(address).await
}
