//! Every route: its method, its address and the act that it requires.
//!
//! The list is the product's table of contents. A test prints it to `tests/routes.txt`, where a new route is
//! a line that a reviewer sees, and asks every one of them what it answers someone who is not signed in.

use axum::handler::Handler;
use axum::routing::MethodRouter;
use kvarter_domain::access::Act;

use super::{Served, agreement, assets, certificate, check, duty, log, overview, registry, search, start};

/// One route.
#[derive(Debug)]
pub struct Route {
    /// The method: `GET` or `POST`.
    pub method: &'static str,
    /// The address.
    pub path: &'static str,
    /// The act that a visitor must be allowed to get anywhere with it. The service asks for it again, of the
    /// thing itself; here it says who the route is for.
    pub act: Act,
    /// What answers.
    pub handler: MethodRouter<Served>,
}

fn get<H: Handler<T, Served>, T: 'static>(path: &'static str, act: Act, handler: H) -> Route {
    Route { method: "GET", path, act, handler: axum::routing::get(handler) }
}

fn post<H: Handler<T, Served>, T: 'static>(path: &'static str, act: Act, handler: H) -> Route {
    Route { method: "POST", path, act, handler: axum::routing::post(handler) }
}

/// Every route.
pub fn all() -> Vec<Route> {
    let mut routes = public();
    routes.extend(desk());
    routes
}

/// What anyone may read.
fn public() -> Vec<Route> {
    let read = Act::ReadPublic;
    vec![
        get("/", read, start::page),
        get("/sok", read, search::page),
        get("/om", read, start::about),
        get("/halsa", read, assets::health),
        get("/robots.txt", read, assets::robots),
        get("/statisk/{*path}", read, assets::asset),
        get("/avtal", read, agreement::list),
        get("/avtal/{programme}/{municipality}", read, agreement::page),
        get("/avtal/{programme}/{municipality}/giltighet.pdf", read, certificate::pdf),
        get("/ataganden", read, duty::list),
        get("/ataganden/kalender", read, duty::calendar),
        get("/ataganden.ics", read, duty::feed),
        get("/ataganden.json", read, duty::list_json),
        get("/atagande/{*id}", read, duty::page),
        get("/oversikt", read, overview::years),
        get("/oversikt/{programme}/{year}", read, overview::page),
        get("/diarium", read, registry::list),
        get("/diarium/{id}", read, registry::page),
        get("/diarium/{id}/handling", read, registry::document),
        get("/kontrollera", read, check::page),
        post("/kontrollera", read, check::compare),
        get("/logg", read, log::page),
        get("/logg/rot.txt", read, log::checkpoint),
        get("/logg/konsistens.json", read, log::consistency),
        get("/logg/{seq}/bevis.json", read, log::proof),
    ]
}

/// What people do when they are signed in, and how they sign in.
fn desk() -> Vec<Route> {
    vec![]
}
