//! Manual pages: one for each command that `--help` knows, with each of its options.

use std::collections::BTreeSet;

use crate::program::run;

#[test]
fn each_command_has_a_page_that_names_each_of_its_options() {
    let dir = tempfile::tempdir().unwrap();
    let out = dir.path().join("man1");
    let (code, stdout, stderr) = run(&["man", "--out", &out.display().to_string()]);
    assert_eq!((code, stdout.as_str()), (0, ""), "{stderr}");

    let mut expected = BTreeSet::new();
    for line in [&[][..], &["key"], &["key", "new"], &["document", "put"], &["serve"], &["verify"], &["export-tiles"]] {
        let (_, help, _) = run(&[line, &["--help"]].concat());
        let page = format!("{}.1", [&["sinetti"], line].concat().join("-"));
        let text = std::fs::read_to_string(out.join(&page)).unwrap();
        assert!(text.contains(".TH "), "{page}");
        for option in help.split_whitespace().filter(|word| word.starts_with("--")) {
            let option: String = option.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '-').collect();
            let written = option.replace('-', "\\-");
            assert!(text.contains(&written), "{page} does not name {option}");
        }
        expected.insert(page);
    }
    let written: BTreeSet<String> =
        std::fs::read_dir(&out).unwrap().map(|file| file.unwrap().file_name().into_string().unwrap()).collect();
    assert!(expected.is_subset(&written), "{written:?}");
    assert!(written.iter().all(|name| name.starts_with("sinetti") && name.ends_with(".1")), "{written:?}");
}

#[test]
fn a_folder_that_can_not_be_made_is_named() {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("file"), "").unwrap();
    let (code, _, stderr) = run(&["man", "--out", &dir.path().join("file/man1").display().to_string()]);
    assert_eq!(code, 3);
    assert!(stderr.contains("file/man1: can't be written"), "{stderr}");
}
