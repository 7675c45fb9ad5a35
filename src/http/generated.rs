//! Files that are made from the code, committed, and proven fresh by tests.
//!
//! `SINETTI_WRITE=1 cargo test` writes them anew.

use std::fs;
use std::path::Path;

/// Fails when the committed file differs from `expected`; or writes it, when asked to.
#[track_caller]
pub fn assert_fresh(path: &str, expected: &str) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    if std::env::var_os("SINETTI_WRITE").is_some() {
        let written = fs::write(&file, expected);
        assert!(written.is_ok(), "{path} can't be written: {written:?}");
    }
    let committed = fs::read_to_string(&file).unwrap_or_default();
    assert!(committed == expected, "{path} is not fresh; run SINETTI_WRITE=1 cargo test, look at it and commit it");
}
