//! `sinetti import`: tables of historical acts, judged before they are sent, recorded once.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::program::{Server, json, run};

const AGREEMENT: &str = "pirkanmaa-puitesopimus-2023";

/// As a spreadsheet in Finland saves it: byte order mark, semicolons, days with dots.
const TABLE: &str = "\u{feff}row;type;occurred_on;organ.kind;organ.name;section;effect;resolution;minutes;finality;presenter;decision\r\n\
    a;decision_recorded;17.3.2025;board;kaupunginhallitus;88;note;adopted;unconfirmed;not_appealable;Maija Esimerkki;\r\n\
    b;decision_recorded;17.3.2025;board;kaupunginhallitus;89;note;adopted;unconfirmed;not_appealable;;\r\n\
    ;minutes_confirmed;24.3.2025;;;;;;;;;@b\r\n";

/// A demonstration ledger without acts, and a folder with a table.
struct World {
    dir: tempfile::TempDir,
    server: Server,
}

impl World {
    fn new() -> World {
        let dir = tempfile::tempdir().unwrap();
        let server = Server::start(dir.path(), &["--demo=empty"]);
        fs::create_dir(dir.path().join("kept")).unwrap();
        World { dir, server }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    /// Runs an import of `table` as Tampere's; exit code, stdout, stderr.
    fn import(&self, table: &str, more: &[&str]) -> (i32, String, String) {
        fs::write(self.path("table.csv"), table).unwrap();
        let (file, kept) = (self.path("table.csv").display().to_string(), self.path("kept").display().to_string());
        let key = self.path("demo/keys/tampere.pem").display().to_string();
        let what = ["import", &file, "--agreement", AGREEMENT, "--party", "tampere", "--invented"];
        let how = ["--key", &key, "--keep", &kept, "--server", &self.server.url, "--lang", "en"];
        run(&[&what[..], &how, more].concat())
    }

    fn acts_of_tampere(&self) -> usize {
        let answer = json(&["history", AGREEMENT, "--server", &self.server.url, "--json"]);
        let lines = answer["history"].as_array().unwrap();
        lines.iter().filter(|line| line["actor"] == "tampere").count()
    }
}

fn files(dir: &Path) -> Vec<String> {
    let mut names: Vec<String> =
        fs::read_dir(dir).unwrap().map(|file| file.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn a_table_is_judged_then_recorded_and_a_second_time_passed_over() {
    let world = World::new();
    let (code, stdout, stderr) = world.import(TABLE, &["--dry-run"]);
    assert_eq!(code, 0, "{stderr}");
    assert_eq!(stdout.matches("would be recorded").count(), 3, "{stdout}");
    assert!(stderr.contains("3 acts would be recorded, 0 are there already; nothing was sent."), "{stderr}");
    assert_eq!((world.acts_of_tampere(), files(&world.path("kept"))), (0, Vec::new()));

    let (code, stdout, stderr) = world.import(TABLE, &["--json"]);
    assert_eq!(code, 0, "{stderr}");
    let rows: Value = serde_json::from_str(&stdout).unwrap();
    assert!(rows.as_array().unwrap().iter().all(|row| row["outcome"] == "recorded"), "{rows}");
    assert_eq!(world.acts_of_tampere(), 3);
    // Envelope and receipt of each, and the personal values of the one that names somebody.
    assert_eq!(files(&world.path("kept")).len(), 7);
    let confirmed = rows[2]["version"].as_u64().unwrap();
    let event = |version: u64| {
        let url = format!("{}/api/v1/agreements/{AGREEMENT}/events/{version}", world.server.url);
        get(&url)
    };
    let payload = event(confirmed)["record"]["envelope"]["payload"].as_str().unwrap().to_owned();
    let payload: Value = serde_json::from_slice(&base64(&payload)).unwrap();
    assert_eq!(payload["data"]["decision"], rows[1]["version"]);
    assert_eq!(payload["data"]["occurred_on"], "2025-03-24");
    assert_eq!(payload["data"]["invented"], true);

    let (code, stdout, stderr) = world.import(TABLE, &[]);
    assert_eq!(code, 0, "{stderr}");
    assert_eq!(stdout.matches("there already").count(), 3, "{stdout}");
    assert_eq!(world.acts_of_tampere(), 3);
    // A row more: only that one is new, and it can refer to those that were there.
    let longer = format!("{TABLE};minutes_confirmed;24.3.2025;;;;;;;;;@a\r\n");
    let (code, _, stderr) = world.import(&longer, &[]);
    assert_eq!(code, 0, "{stderr}");
    assert!(stderr.contains("1 acts recorded, 3 were there already"), "{stderr}");
    let (code, stdout, _) = run(&["verify", "--server", &world.server.url]);
    assert_eq!(code, 0, "{stdout}");
}

#[test]
fn one_row_that_would_be_refused_and_nothing_is_sent() {
    let world = World::new();
    let bad = TABLE.replace(";note;adopted;unconfirmed;not_appealable;;", ";note;adoptd;unconfirmed;not_appealable;;");
    let cases = [
        (bad, "table.csv, line 3: data.resolution: unknown variant `adoptd`"),
        (TABLE.replace("@b", "@c"), "line 4: @c: no earlier row has \"c\""),
        (TABLE.replace("24.3.2025", "24.3.2999"), "table.csv, line 4: data.occurred_on"),
        (TABLE.replace("section;", "sektion;"), "line 2: there is no member sektion; there are:"),
        (TABLE.replace("organ.name", ""), "a cell stands in a column that has no name"),
        (
            TABLE.replace("unconfirmed;not_appealable;;\r", ";not_appealable;;\r"),
            "line 3: these columns are missing or empty: minutes",
        ),
        (TABLE.replace("24.3.2025", ""), "line 4: these columns are missing or empty: occurred_on"),
        (
            format!("{TABLE};minutes_confirmed;24.3.2025;;;;;;;;;@b\r\n"),
            "line 5: this row is the same as one before it",
        ),
        (TABLE.replace("minutes_confirmed", "minutes_lost"), "line 4: minutes_lost is no event type"),
    ];
    for (table, expected) in cases {
        let (code, stdout, stderr) = world.import(&table, &[]);
        assert_eq!((code, stdout.as_str()), (1, ""), "{expected}: {stderr}");
        assert!(stderr.contains(expected), "{expected}: {stderr}");
    }
    // Another party's key is found out before anything is sent, too.
    let key = world.path("demo/keys/nokia.pem").display().to_string();
    let file = world.path("table.csv").display().to_string();
    fs::write(world.path("table.csv"), TABLE).unwrap();
    let what = ["import", &file, "--agreement", AGREEMENT, "--party", "tampere", "--invented", "--key", &key];
    let (code, _, stderr) = run(&[&what[..], &["--server", &world.server.url]].concat());
    assert_eq!(code, 1, "{stderr}");
    assert!(stderr.contains("line 2: "), "{stderr}");
    assert_eq!((world.acts_of_tampere(), files(&world.path("kept"))), (0, Vec::new()));
}

/// An import that ends between signing and recording, here by a ledger that is put back: what was kept is sent as
/// it was signed, so that no act gets a second envelope.
#[test]
fn what_was_signed_and_kept_is_sent_again_as_it_is() {
    let world = World::new();
    let World { dir, server } = world;
    let url = server.url.clone();
    server.stop();
    let (live, saved) = (dir.path().join("demo"), dir.path().join("saved"));
    copy(&live, &saved);
    let server = Server::start_at(url.trim_start_matches("http://"), dir.path(), &["--demo=empty"]);
    let world = World { dir, server };
    let table: String = TABLE.split_inclusive('\n').take(2).collect();
    assert_eq!(world.import(&table, &[]).0, 0);
    let kept = world.path("kept");
    let before: Vec<(String, Vec<u8>)> =
        files(&kept).into_iter().map(|name| (name.clone(), fs::read(kept.join(&name)).unwrap())).collect();

    let World { dir, server } = world;
    server.stop();
    fs::remove_dir_all(&live).unwrap();
    fs::rename(&saved, &live).unwrap();
    let server = Server::start_at(url.trim_start_matches("http://"), dir.path(), &["--demo=empty"]);
    let world = World { dir, server };
    let (code, _, stderr) = world.import(&table, &[]);
    assert_eq!(code, 0, "{stderr}");
    assert!(stderr.contains("1 acts recorded"), "{stderr}");
    assert_eq!(before.len(), 3);
    for (name, bytes) in &before {
        assert_eq!(fs::read(kept.join(name)).unwrap(), *bytes, "{name}");
    }
    let envelope = before.iter().find(|(name, _)| name.contains(".envelope.")).unwrap();
    let envelope: Value = serde_json::from_slice(&envelope.1).unwrap();
    let url = format!("{}/api/v1/agreements/{AGREEMENT}/events?limit=100", world.server.url);
    let recorded = get(&url);
    assert!(recorded["events"].as_array().unwrap().iter().any(|event| event["record"]["envelope"] == envelope));
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir(to).unwrap();
    for file in fs::read_dir(from).unwrap().map(Result::unwrap) {
        let to = to.join(file.file_name());
        if file.file_type().unwrap().is_dir() {
            copy(&file.path(), &to);
        } else {
            fs::copy(file.path(), to).unwrap();
        }
    }
}

fn base64(text: &str) -> Vec<u8> {
    use base64::Engine as _;
    base64::engine::general_purpose::STANDARD.decode(text).unwrap()
}

fn get(url: &str) -> Value {
    serde_json::from_str(&ureq::get(url).call().unwrap().body_mut().read_to_string().unwrap()).unwrap()
}
