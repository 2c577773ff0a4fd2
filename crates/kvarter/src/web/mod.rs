//! The web: the router is the product's table of contents.
//!
//! A handler asks a service and shows the answer, nothing else. Every route stands in [`routes`] with the
//! act that it requires.

pub mod act;
pub mod agreement;
pub mod agreement_act;
pub mod assets;
pub mod cache;
pub mod calendar;
pub mod certificate;
pub mod check;
pub mod collaboration;
pub mod collaboration_act;
pub mod correction;
pub mod demo;
pub mod desk;
pub mod dispatch;
pub mod district;
pub mod duty;
pub mod duty_act;
pub mod duty_filter;
pub mod electronic;
pub mod error;
pub mod feed;
pub mod form;
pub mod identity;
pub mod log;
pub mod note;
pub mod overview;
pub mod page;
pub mod partnership;
pub mod partnership_act;
pub mod partnership_work;
pub mod paths;
pub mod people;
pub mod plan;
pub mod plan_compare;
pub mod plan_part;
pub mod registry;
pub mod registry_act;
pub mod request;
pub mod routes;
pub mod search;
pub mod sheet;
pub mod signing;
pub mod start;
pub mod validity;
pub mod workshop;
pub mod workshop_act;
pub mod workshop_part;

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::{HeaderName, HeaderValue, header};
use kvarter_services::registry::UPLOAD_BYTES_MAX;
use kvarter_services::{App, demo as demonstration};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::set_header::SetResponseHeaderLayer;
use tower_http::timeout::TimeoutLayer;

/// What every request is served with.
#[derive(Debug, Clone)]
pub struct Served {
    /// The application.
    pub app: Arc<App>,
    /// How this installation is reached.
    pub site: Arc<Site>,
    /// Public pages as they were set last.
    pages: Arc<cache::Pages>,
    /// Where the demonstration stood when the log had that many events.
    stage: Arc<Mutex<Option<(u64, demonstration::Stage)>>>,
}

impl Served {
    /// An application, reached in some way.
    pub fn new(app: Arc<App>, site: Site) -> Self {
        Self { app, site: Arc::new(site), pages: Arc::default(), stage: Arc::default() }
    }

    /// Has the demonstration's stage read anew: a step that writes in a draft leaves nothing in the log.
    fn forget_stage(&self) {
        *self.stage.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }

    /// Where the demonstration stands. Which steps are left follows from the log, so it is worked out once
    /// for each size of it; the day is the clock's.
    async fn stage_at(&self, size: u64) -> Option<demonstration::Stage> {
        let known = self.stage.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let mut stage = match known {
            Some((at, stage)) if at == size => stage,
            _ => demonstration::stage(&self.app).await.ok()?,
        };
        *self.stage.lock().unwrap_or_else(PoisonError::into_inner) = Some((size, stage.clone()));
        stage.today = self.app.system().today();
        Some(stage)
    }
}

/// How this installation is reached.
#[derive(Debug, Clone, Default)]
pub struct Site {
    /// Its address as others write it, without a last slash: `https://kvarter.example`.
    pub address: String,
    /// Whether it is reached by https only, so that cookies are kept to it.
    pub secure: bool,
}

/// Everything scripts, styles and frames may do: what comes from here, and nothing inline.
const CONTENT_SECURITY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; font-src 'self'; \
     img-src 'self' data:; connect-src 'self'; object-src 'self'; frame-src 'self'; form-action 'self'; \
     base-uri 'none'; frame-ancestors 'self'";

/// The whole web.
pub fn router(served: Served) -> Router {
    let mut router = Router::new();
    for route in routes::all() {
        router = router.route(route.path, route.handler);
    }
    let fixed = |name: HeaderName, value: &'static str| {
        SetResponseHeaderLayer::if_not_present(name, HeaderValue::from_static(value))
    };
    router
        .fallback(error::no_such_page)
        .method_not_allowed_fallback(error::other_method)
        .with_state(served.clone())
        // A form may carry one upload and its fields; what is larger is refused before it is read.
        .layer(DefaultBodyLimit::max(UPLOAD_BYTES_MAX + 64 * 1024))
        .layer(axum::middleware::from_fn_with_state(served.clone(), cache::remember))
        .layer(axum::middleware::from_fn_with_state(served, request::prepare))
        .layer(CatchPanicLayer::custom(error::panicked))
        .layer(TimeoutLayer::with_status_code(
            axum::http::StatusCode::SERVICE_UNAVAILABLE,
            Duration::from_secs(60),
        ))
        .layer(CompressionLayer::new())
        .layer(fixed(header::CONTENT_SECURITY_POLICY, CONTENT_SECURITY))
        .layer(fixed(header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .layer(fixed(header::REFERRER_POLICY, "same-origin"))
        .layer(fixed(
            HeaderName::from_static("permissions-policy"),
            "camera=(), microphone=(), geolocation=()",
        ))
        .layer(fixed(HeaderName::from_static("cross-origin-opener-policy"), "same-origin"))
        .layer(fixed(HeaderName::from_static("cross-origin-resource-policy"), "same-origin"))
}
