//! Our formulas against other people's: RFC 6962 by `ct-merkle` and by the RFC's own recursion,
//! signed notes by `signed_note`, signatures by Wycheproof, RFC 8785 by
//! `serde_json_canonicalizer`. Those crates are no part of the product.
#![allow(clippy::unwrap_used)]

mod canonical;
mod ct_reference;
mod heads;
mod notes;
mod reference;
mod signatures;
mod specification;
mod trees;
mod trees_properties;
