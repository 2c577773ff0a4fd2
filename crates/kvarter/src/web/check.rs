//! (stub)
/// Stub.
pub async fn page() -> &'static str { "" }
/// Stub.
pub async fn compare() -> &'static str { "" }
