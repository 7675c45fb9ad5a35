//! The table: rows as the tests fill them, and the page that they make.

use std::fs;
use std::path::Path;

use super::onlookers::{Report, Who};

/// One attack, and what each onlooker made of it.
pub struct Row {
    /// Its name.
    pub attack: &'static str,
    /// What the operator does.
    pub does: &'static str,
    /// What stays unnoticed, and why.
    pub remains: &'static str,
    looked: Vec<Looked>,
    /// What was not as the row says.
    wrong: Vec<String>,
}

/// What one onlooker reported.
struct Looked {
    who: Who,
    /// How it looked.
    by: String,
    /// The code that it reported; none when all seemed well.
    code: Option<String>,
}

impl Row {
    /// A row without onlookers yet.
    pub fn of(attack: &'static str, does: &'static str, remains: &'static str) -> Row {
        Row { attack, does, remains, looked: Vec::new(), wrong: Vec::new() }
    }

    /// `who` looked, and must have reported `code`.
    pub fn noticed(mut self, who: Who, report: Report, code: &str) -> Row {
        if !report.codes.iter().any(|reported| reported == code) {
            self.wrong.push(format!("{}: {who:?}, {}, reports {:?}, not {code}", self.attack, report.by, report.codes));
        }
        self.looked.push(Looked { who, by: report.by, code: Some(code.to_owned()) });
        self
    }

    /// `who` looked, and all seems well: a limit that the page names.
    pub fn unnoticed(mut self, who: Who, report: Report) -> Row {
        if !report.codes.is_empty() {
            self.wrong.push(format!("{}: {who:?}, {}, does notice it: {:?}", self.attack, report.by, report.codes));
        }
        self.looked.push(Looked { who, by: report.by, code: None });
        self
    }

    /// What the row says in the column of `who`.
    fn cell(&self, who: Who) -> String {
        let mut said: Vec<String> = Vec::new();
        for looked in self.looked.iter().filter(|looked| looked.who == who) {
            let word = looked.code.as_ref().map_or("not noticed".to_owned(), |code| format!("`{code}`"));
            if !said.contains(&word) {
                said.push(word);
            }
        }
        // What is noticed in one way and not in another is told in full below.
        said.join("<br>")
    }

    fn section(&self, number: usize) -> String {
        let line = |looked: &Looked| {
            let sees = looked.code.as_ref().map_or("all seems well".to_owned(), |code| format!("`{code}`"));
            format!("| {} | {} | {sees} |\n", looked.who.in_words(), looked.by)
        };
        let looked: String = self.looked.iter().map(line).collect();
        format!(
            "### {number}. {}\n\n{}\n\n| who looks | how | sees |\n|---|---|---|\n{looked}\n**What remains.** {}\n\n",
            self.attack, self.does, self.remains
        )
    }
}

/// Every attack is noticed by somebody or says why not; the committed page is what the rows make.
pub fn prove(rows: &[Row]) {
    let wrong: Vec<&str> = rows.iter().flat_map(|row| &row.wrong).map(String::as_str).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    for row in rows {
        let noticed = row.looked.iter().any(|looked| looked.code.is_some());
        assert!(noticed || row.attack.starts_with("Limit:"), "{}: nobody notices it", row.attack);
    }
    let page = page(rows);
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/attacks.md");
    if std::env::var_os("SINETTI_WRITE_DOCS").is_some() {
        fs::write(&path, &page).unwrap();
    }
    let committed = fs::read_to_string(&path).unwrap_or_default();
    assert!(committed == page, "docs/attacks.md is not what the attacks gave: run with SINETTI_WRITE_DOCS=1, commit");
}

fn page(rows: &[Row]) -> String {
    let heads: String = Who::ALL.iter().map(|who| format!(" {} |", who.in_words())).collect();
    let rule = "|---".repeat(Who::ALL.len() + 1);
    let line = |(at, row): (usize, &Row)| {
        let cells: String = Who::ALL.iter().map(|who| format!(" {} |", row.cell(*who))).collect();
        format!("| {}. {} |{cells}\n", at + 1, row.attack)
    };
    let table: String = rows.iter().enumerate().map(line).collect();
    let sections: String = rows.iter().enumerate().map(|(at, row)| row.section(at + 1)).collect();
    format!("{HEAD}| attack |{heads}\n{rule}|\n{table}\n## Each attack\n\n{}\n", sections.trim_end())
}

const HEAD: &str = "<!-- Written by tests/evidence/attacks; change that, and run it with SINETTI_WRITE_DOCS=1. -->

# Attacks by a dishonest operator

What whoever runs a ledger could try, who notices it, and what nobody notices. Every row was really done, and every cell is
what the program reported, by the tests in [`tests/evidence/attacks`](../tests/evidence/attacks/mod.rs) that write this page;
they fail when something is no longer noticed, and also when something that this page calls unnoticed is noticed after all.

The operator of these tests has everything that an operator can have: the server, the database and its anchor, the log's
own keys, and, running the registry too, the registrar's keys. So hashes, both chains and the tree are made right again
after each change, and checkpoints are signed anew, wherever the text does not say otherwise. What the operator lacks is
the parties' keys, and what others keep in their own places.

Who looks:

- **party, receipt**: keeps the receipt of its own act, and verifies a new evidence bundle with the checkpoint in it
  (`sinetti verify FILE --since CHECKPOINT`).
- **auditor, bundle**: has one evidence bundle and nothing else (`sinetti verify FILE`); sometimes also pinned keys, or a
  policy that asks for witnesses.
- **auditor, checkpoint**: kept a checkpoint from earlier, and reads the whole log again over the network
  (`sinetti verify --server URL --since CHECKPOINT`).
- **auditor, replay**: the same without having kept anything.
- **witness**: was shown the honest tree before, and is asked to cosign the operator's new one (C2SP tlog-witness; the code
  is the HTTP status). A *reading* witness was started with `--log-url` and reads the records first.
- **next start**: the server is started on the operator's files.
- **reader**: anybody who asks the server, or compares two things that it gave.

An empty cell means that there is nothing for that onlooker to look at. *Not noticed* means that the check was made and all
seemed well; beside a code, that it depends on how one looks, as the attack's own table says. On the honest ledger none of
these looks reports anything. What the codes mean is said in [formats.md](formats.md) and, for the server's own, in [problems.md](problems.md).

## Overview

";
