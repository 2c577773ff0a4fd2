//! What a page needs besides itself: the sheet, the signs, the script and the faces, embedded in the binary.
//!
//! A page asks for an asset by [`url`], which carries the digest of its bytes: what is fetched under such an
//! address never changes and is kept for a year. Without the digest it is asked for again each time.

use std::collections::HashMap;
use std::sync::LazyLock;

use axum::extract::{Path, RawQuery};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use rust_embed::RustEmbed;

#[derive(RustEmbed)]
#[folder = "static/"]
struct Files;

static DIGESTS: LazyLock<HashMap<String, String>> = LazyLock::new(|| {
    let of = |path: &str| Files::get(path).map(|file| hex(&file.metadata.sha256_hash()[..6]));
    Files::iter().filter_map(|path| of(&path).map(|digest| (path.into_owned(), digest))).collect()
});

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The address of an asset, with its digest.
pub fn url(path: &str) -> String {
    DIGESTS
        .get(path)
        .map_or_else(|| format!("/statisk/{path}"), |digest| format!("/statisk/{path}?v={digest}"))
}

/// An asset.
pub async fn asset(Path(path): Path<String>, RawQuery(query): RawQuery, headers: HeaderMap) -> Response {
    let (Some(file), Some(digest)) = (Files::get(&path), DIGESTS.get(&path)) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let named = query.as_deref() == Some(&format!("v={digest}"));
    let keep =
        if named { "public, max-age=31536000, immutable" } else { "public, max-age=0, must-revalidate" };
    let tag = format!("\"{digest}\"");
    let known = headers.get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok()) == Some(&tag);
    let mut response =
        if known { StatusCode::NOT_MODIFIED.into_response() } else { file.data.into_owned().into_response() };
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(media_type(&path)));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(keep));
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        headers.insert(header::ETAG, tag);
    }
    response
}

/// What browsers ask for of their own accord beside a document that is not a page.
pub async fn favicon() -> Response {
    axum::response::Redirect::permanent(&url("favicon.svg")).into_response()
}

fn media_type(path: &str) -> &'static str {
    match path.rsplit('.').next().unwrap_or_default() {
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "svg" => "image/svg+xml",
        "woff2" => "font/woff2",
        "md" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

/// Whether we are well: for whoever watches over the service.
pub async fn health() -> &'static str {
    "ok\n"
}

/// What search engines may read: all that is public, but not endless variations of it.
pub async fn robots() -> &'static str {
    "User-agent: *\nDisallow: /sok\nDisallow: /sprak/\nDisallow: /logga-in\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_asset_that_the_frame_asks_for_exists() {
        for path in ["kvarter.css", "kvarter.js", "signs.svg", "favicon.svg"] {
            assert!(url(path).contains("?v="), "{path}");
        }
    }
}
