//! `docs/schemas/`: the JSON Schema of every event type, made from the types.
//!
//! `SINETTI_WRITE_DOCS=1 cargo nextest run -p sinetti-projections --test schemas` writes them anew.

#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use sinetti_projections::acts::TYPES;

#[test]
fn the_schemas_of_all_event_types_are_fresh_and_no_others_lie_there() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/schemas");
    let write = std::env::var_os("SINETTI_WRITE_DOCS").is_some();
    let mut wanted = BTreeSet::new();
    for info in TYPES {
        let path = folder.join(format!("{}.json", info.name));
        let fresh = serde_json::to_string_pretty(&(info.schema)()).unwrap() + "\n";
        if write {
            fs::create_dir_all(&folder).unwrap();
            fs::write(&path, fresh).unwrap();
        } else {
            let committed = fs::read_to_string(&path).unwrap_or_default();
            assert!(committed == fresh, "{} is stale: SINETTI_WRITE_DOCS=1 writes it anew", path.display());
        }
        wanted.insert(path);
    }
    let there: BTreeSet<PathBuf> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    assert_eq!(there, wanted);
}
