//! (stub)
/// Stub.
pub async fn list() -> &'static str { "" }
/// Stub.
pub async fn page() -> &'static str { "" }
/// Stub.
pub async fn document() -> &'static str { "" }
