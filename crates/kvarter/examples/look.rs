//! Serves the demonstration on loopback.
use std::path::PathBuf;
use std::sync::Arc;

use kvarter::language::Words;
use kvarter::web::{Served, Site, router};
use kvarter_domain::text::Language;
use kvarter_services::clock::Clock;
use kvarter_services::operations::{Place, StoreSettings};
use kvarter_services::{App, Settings, demo};

fn words(key: &str) -> String { Words(Language::Sv).t(key) }

#[tokio::main]
async fn main() {
    tracing_subscriber::fmt().with_writer(std::io::stderr).init();
    let dir = PathBuf::from(std::env::args().nth(1).unwrap());
    let port: u16 = std::env::args().nth(2).unwrap().parse().unwrap();
    std::fs::create_dir_all(&dir).unwrap();
    let store = StoreSettings { database: format!("sqlite://{}/k.db?mode=rwc", dir.display()), documents: Place::Folder(dir.join("docs")), document_bytes_max: 50 << 20, origin: "demo".into() };
    let settings = Settings { store, programmes: vec![], demo: true, words };
    let app = App::open(settings, Clock::at("2008-09-01T08:00:00Z".parse().unwrap())).await.unwrap();
    demo::prepare(&app).await.unwrap();
    if let Some(until) = std::env::args().nth(3) { demo::run_until(&app, until.parse().unwrap(), &|_, _| {}).await.unwrap(); }
    let served = Served::new(Arc::new(app), Site { address: format!("http://127.0.0.1:{port}"), secure: false });
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", port)).await.unwrap();
    eprintln!("ready");
    axum::serve(listener, router(served)).await.unwrap();
}
