//! (stub)
/// Stub.
pub async fn years() -> &'static str { "" }
/// Stub.
pub async fn page() -> &'static str { "" }
