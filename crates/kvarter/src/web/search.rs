//! (stub)
/// Stub.
pub async fn page() -> &'static str { "" }
