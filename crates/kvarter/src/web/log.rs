//! (stub)
/// Stub.
pub async fn page() -> &'static str { "" }
/// Stub.
pub async fn checkpoint() -> &'static str { "" }
/// Stub.
pub async fn consistency() -> &'static str { "" }
/// Stub.
pub async fn proof() -> &'static str { "" }
