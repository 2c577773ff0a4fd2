//! (stub)
/// Stub.
pub async fn pdf() -> &'static str { "" }
