//! Signatures in documents: made, sealed page by page, and verified.
