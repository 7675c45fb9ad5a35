//! `sinetti awaits`: for people, programs and calendars, from a server and from its database.

use std::fs;

use crate::program::{Server, json, run};

#[test]
fn what_awaits_a_party_is_the_same_from_the_server_the_database_and_in_the_calendar() {
    let dir = tempfile::tempdir().unwrap();
    let server = Server::start(dir.path(), &["--demo"]);
    let url = server.url.clone();
    let asked = ["awaits", "tampere", "--server", &url];
    let (code, text, stderr) = run(&asked);
    assert_eq!(code, 0, "{stderr}");
    assert!(text.contains("(pirkanmaa-puitesopimus-2023)\n"), "{text}");
    let answer = json(&[&asked[..], &["--json", "--lang", "en"]].concat());
    let waits = answer["agreements"].as_array().unwrap().iter().flat_map(|it| it["awaits"].as_array().unwrap());
    let waits: Vec<_> = waits.collect();
    let lines = text.lines().filter(|line| line.starts_with("  ")).count();
    assert!(lines > 0 && lines == waits.len(), "{text}");
    assert!(waits.iter().all(|one| !one["text"].as_str().unwrap().is_empty()));
    let file = dir.path().join("tampere.ics").display().to_string();
    let (code, stdout, _) = run(&[&asked[..], &["--ics", &file, "--lang", "sv"]].concat());
    assert_eq!((code, stdout.trim()), (0, file.as_str()));
    let served = sinetti::client::Client::new(&url).unwrap();
    let served = served.download("/api/v1/parties/tampere/calendar.ics?lang=sv", 1 << 20).unwrap().unwrap();
    assert_eq!(String::from_utf8(served).unwrap(), fs::read_to_string(&file).unwrap());
    let (code, _, stderr) = run(&[&asked[..], &["--ics", &file]].concat());
    assert!(code == 1 && stderr.contains("exists already"), "{stderr}");
    let (code, _, stderr) = run(&["awaits", "muu", "--server", &url]);
    assert!(code == 1 && stderr.contains("there is no party muu"), "{stderr}");
    server.stop();
    let database = format!("sqlite:{}", dir.path().join("demo/sinetti.db").display());
    assert_eq!(run(&["awaits", "tampere", "--database-url", &database]).1, text);
    // Before anything was known nobody was awaited, nor registered.
    let (code, _, stderr) = run(&["awaits", "tampere", "--database-url", &database, "--known-at", "2020-01-01"]);
    assert!(code == 1 && stderr.contains("as of then"), "{stderr}");
}
