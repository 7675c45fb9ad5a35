//! Asks on a terminal for the members that an event still needs.

use std::io::{self, BufRead, Write};

use serde_json::Value;

use super::failure::Failure;
use super::schema::Node;
use super::{fields, output};

/// Asks for each required member that `data` lacks. Where nobody can answer, the parser names
/// what is missing.
///
/// # Errors
///
/// The terminal is closed.
pub fn complete(data: &mut Value, schema: Node<'_>) -> Result<(), Failure> {
    if !output::is_interactive() {
        return Ok(());
    }
    while let Some(path) = fields::missing(data, schema).into_iter().next() {
        ask(data, schema, &path)?;
    }
    Ok(())
}

fn ask(data: &mut Value, schema: Node<'_>, path: &str) -> Result<(), Failure> {
    let node = path.split('.').try_fold(schema, Node::member);
    let Some(node) = node else {
        return Err(Failure::Refused(format!("the member {path} is missing")));
    };
    let inner = node.required();
    if !inner.is_empty() && !node.is_personal() {
        for name in inner {
            ask(data, schema, &format!("{path}.{name}"))?;
        }
        return Ok(());
    }
    loop {
        let about = node.description().and_then(|text| text.lines().next()).unwrap_or_default();
        let answer = question(&format!("{path}: {about}\n  ({}) > ", node.expected()))?;
        if answer.is_empty() {
            continue;
        }
        match fields::set(data, schema, &format!("{path}={answer}")) {
            Ok(()) => return Ok(()),
            Err(error) => output::note(&error.to_string()),
        }
    }
}

fn question(text: &str) -> Result<String, Failure> {
    let closed =
        || Failure::Usage("the questions were not answered; give the members with --field or --data".to_owned());
    let mut stderr = io::stderr();
    // A terminal that can't be written to shows in the reading.
    let _ = stderr.write_all(text.as_bytes()).and_then(|()| stderr.flush());
    let mut line = String::new();
    match io::stdin().lock().read_line(&mut line) {
        Ok(0) | Err(_) => Err(closed()),
        Ok(_) => Ok(line.trim().to_owned()),
    }
}
