//! Writing, comparing and judging the files of one kind.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use serde_json::{Value, json};

/// One vector: its file is named `<property>.json`.
pub struct Vector {
    /// What it breaks, or keeps, in kebab-case.
    pub property: &'static str,
    /// What a verifier is given.
    pub input: Value,
    /// What it must say of it.
    pub expect: Value,
}

/// Proves that the files of `kind` are exactly `vectors`, and that `verdict` of each input is
/// what the file expects.
pub fn prove(kind: &str, vectors: &[Vector], verdict: fn(&Value) -> Value) {
    let folder = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/vectors")).join(kind);
    if std::env::var_os("SINETTI_WRITE_VECTORS").is_some() {
        write(&folder, vectors);
    }
    let names = vectors.iter().map(|vector| format!("{}.json", vector.property));
    let found = fs::read_dir(&folder).unwrap().map(|file| file.unwrap().file_name().into_string().unwrap());
    assert_eq!(found.collect::<BTreeSet<_>>(), names.collect(), "run with SINETTI_WRITE_VECTORS=1 and commit");
    let mut wrong = Vec::new();
    for vector in vectors {
        let text = fs::read_to_string(folder.join(format!("{}.json", vector.property))).unwrap();
        assert_eq!(text, render(vector), "{}: not fresh", vector.property);
        let file: Value = serde_json::from_str(&text).unwrap();
        let said = verdict(&file["input"]);
        if said != file["expect"] {
            wrong.push(format!("{}: said {said}, expected {}", vector.property, file["expect"]));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn write(folder: &PathBuf, vectors: &[Vector]) {
    let _ = fs::remove_dir_all(folder);
    fs::create_dir_all(folder).unwrap();
    for vector in vectors {
        fs::write(folder.join(format!("{}.json", vector.property)), render(vector)).unwrap();
    }
}

fn render(vector: &Vector) -> String {
    let file = json!({"property": vector.property, "input": vector.input, "expect": vector.expect});
    serde_json::to_string_pretty(&file).unwrap() + "\n"
}
