//! `kvarter serve`.

use std::sync::Arc;

use kvarter_domain::problem::Problem;
use kvarter_services::clock::Clock;

use super::answer::{self, Answer, Outcome, Trouble, say};
use super::house::{self, House};
use super::listen::{self, Server};
use crate::language::Words;
use crate::web::Site;

/// Serves the house on your own data.
///
/// Makes the house if it is not there, and brings the database to this version. Listens on loopback unless
/// the settings say otherwise; put a web server you trust in front for TLS. What happens is told on standard
/// error as KVARTER_LOG asks (info, debug, kvarter=debug). Ends gently on SIGTERM and on ctrl-c.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  kvarter serve --data /var/lib/kvarter\n  kvarter serve --settings /etc/kvarter/kvarter.toml\n  \
    KVARTER_LISTEN=127.0.0.1:9000 kvarter serve --data house"
)]
pub(super) struct Serve {
    #[command(flatten)]
    house: House,
}

pub(super) async fn run(l: Words, verb: Serve) -> Answer {
    listen::tell_on_stderr("info,sqlx=warn");
    let settings = verb.house.made()?;
    let listener =
        listen::bind(settings.listen).await.map_err(|cause| cannot_listen(&settings.listen, &cause))?;
    let address = listener.local_addr()?;
    let app = house::open(&settings, None, Clock::System).await?;
    let site = Site { address: settings.public_address.clone(), secure: settings.secure_cookies };
    let server = Server::begin(listener, Arc::new(app), site);
    let here = format!("http://{address}");
    say(&l.with("cli-serving", [("here", &here), ("public", &settings.public_address)]))?;
    server.until_ended().await?;
    tracing::info!("ended");
    Ok(Outcome::Yes)
}

/// An address that cannot be listened on was asked for wrongly: it is taken, or not this machine's.
pub(super) fn cannot_listen(address: &impl ToString, cause: &std::io::Error) -> Trouble {
    let problem = Problem::new("cannot-listen", address.to_string()).with("cause", answer::cause(cause));
    Trouble::Asked(problem.into())
}
