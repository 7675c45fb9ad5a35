//! The verifier that runs in browsers: small modules, joined to one script that the pages load and the
//! offline file carries.

use std::sync::LazyLock;

use serde_json::{Map, Value};
use sinetti_projections::acts::TYPES;

use crate::i18n::{self, Lang};

/// The modules, each after those that it imports.
const MODULES: [(&str, &str); 30] = [
    ("bytes.js", include_str!("../../assets/verify/bytes.js")),
    ("characters.js", include_str!("../../assets/verify/characters.js")),
    ("canonical.js", include_str!("../../assets/verify/canonical.js")),
    ("hash.js", include_str!("../../assets/verify/hash.js")),
    ("tiles.js", include_str!("../../assets/verify/tiles.js")),
    ("ed25519.js", include_str!("../../assets/verify/ed25519.js")),
    ("ml_dsa.js", include_str!("../../assets/verify/ml_dsa.js")),
    ("shape.js", include_str!("../../assets/verify/shape.js")),
    ("note.js", include_str!("../../assets/verify/note.js")),
    ("proof.js", include_str!("../../assets/verify/proof.js")),
    ("record.js", include_str!("../../assets/verify/record.js")),
    ("keyring.js", include_str!("../../assets/verify/keyring.js")),
    ("report.js", include_str!("../../assets/verify/report.js")),
    ("chain.js", include_str!("../../assets/verify/chain.js")),
    ("replay.js", include_str!("../../assets/verify/replay.js")),
    ("checkpoints.js", include_str!("../../assets/verify/checkpoints.js")),
    ("receipt.js", include_str!("../../assets/verify/receipt.js")),
    ("event.js", include_str!("../../assets/verify/event.js")),
    ("zip.js", include_str!("../../assets/verify/zip.js")),
    ("members.js", include_str!("../../assets/verify/members.js")),
    ("policy.js", include_str!("../../assets/verify/policy.js")),
    ("earlier.js", include_str!("../../assets/verify/earlier.js")),
    ("links.js", include_str!("../../assets/verify/links.js")),
    ("history.js", include_str!("../../assets/verify/history.js")),
    ("beside.js", include_str!("../../assets/verify/beside.js")),
    ("witnesses.js", include_str!("../../assets/verify/witnesses.js")),
    ("bundle.js", include_str!("../../assets/verify/bundle.js")),
    ("statement.js", include_str!("../../assets/verify/statement.js")),
    ("contradiction.js", include_str!("../../assets/verify/contradiction.js")),
    ("verify.js", include_str!("../../assets/verify/verify.js")),
];

/// What puts it on a page.
const PAGE: &str = include_str!("../../assets/verify/page.js");

/// The modules of the clerk's desk, which stand on the verifier's.
const DESK: [(&str, &str); 12] = [
    ("elements.js", include_str!("../../assets/clerk/elements.js")),
    ("once.js", include_str!("../../assets/clerk/once.js")),
    ("qrcodegen.js", include_str!("../../assets/clerk/qrcodegen.js")),
    ("database.js", include_str!("../../assets/clerk/database.js")),
    ("pem.js", include_str!("../../assets/clerk/pem.js")),
    ("keys.js", include_str!("../../assets/clerk/keys.js")),
    ("payload.js", include_str!("../../assets/clerk/payload.js")),
    ("request.js", include_str!("../../assets/clerk/request.js")),
    ("form.js", include_str!("../../assets/clerk/form.js")),
    ("sending.js", include_str!("../../assets/clerk/sending.js")),
    ("kept_acts.js", include_str!("../../assets/clerk/kept_acts.js")),
    ("key_acts.js", include_str!("../../assets/clerk/key_acts.js")),
];

/// What puts the desk on a page.
const DESK_PAGE: &str = include_str!("../../assets/clerk/page.js");

static SCRIPT: LazyLock<String> = LazyLock::new(|| join(&MODULES, PAGE));
static DESK_SCRIPT: LazyLock<String> = LazyLock::new(|| join(&[&MODULES[..], &DESK[..]].concat(), DESK_PAGE));

/// All modules as one.
pub(super) fn script() -> &'static str {
    &SCRIPT
}

/// The desk's modules and those of the verifier that it stands on, as one.
pub(super) fn desk() -> &'static str {
    &DESK_SCRIPT
}

/// The event types that this program knows, as the script reads them.
pub(super) fn types() -> String {
    TYPES.iter().map(|info| info.name).collect::<Vec<_>>().join(" ")
}

/// What the script says, by short name, as JSON.
pub(super) fn words(lang: Lang) -> String {
    let said = i18n::starting_with(lang, "check-say-");
    let member = |(name, text): (String, String)| (name, Value::from(text));
    Value::Object(said.into_iter().map(member).collect::<Map<_, _>>()).to_string()
}

/// Each module becomes a function that answers what it exports, so that no two names meet.
fn join(modules: &[(&str, &str)], page: &str) -> String {
    let mut out = String::new();
    for (name, source) in modules {
        let (body, exported) = unwrap(source);
        out.push_str(&format!(
            "const {} = (() => {{\n{body}return {{ {} }};\n}})();\n",
            variable(name),
            exported.join(", ")
        ));
    }
    out + &unwrap(page).0
}

/// A module's text with its imports and exports as plain declarations, and the names that it exports.
fn unwrap(source: &str) -> (String, Vec<&str>) {
    let mut body = String::new();
    let mut exported = Vec::new();
    for line in source.lines() {
        if let Some((names, from)) = import(line) {
            body.push_str(&format!("const {{ {names} }} = {};\n", variable(from)));
        } else if let Some(declaration) = line.strip_prefix("export ") {
            exported.extend(name(declaration));
            body.push_str(declaration);
            body.push('\n');
        } else {
            body.push_str(line);
            body.push('\n');
        }
    }
    (body, exported)
}

/// `import { a, b } from './x.js';`
fn import(line: &str) -> Option<(&str, &str)> {
    line.strip_prefix("import { ")?.strip_suffix("';")?.split_once(" } from './")
}

/// The name that a declaration declares.
fn name(declaration: &str) -> Option<&str> {
    let keywords = ["async", "function", "const", "class"];
    let rest = declaration.split(' ').find(|word| !keywords.contains(word))?;
    rest.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').next()
}

/// `ml_dsa.js` is kept in `module_ml_dsa`.
fn variable(file: &str) -> String {
    format!("module_{}", file.trim_end_matches(".js"))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn modules_are_joined_without_imports_and_exports() {
        for line in script().lines().chain(desk().lines()) {
            assert!(!line.starts_with("import ") && !line.starts_with("export "), "{line}");
        }
        assert!(script().contains("const { utf8 } = module_bytes;") || script().contains("= module_bytes;"));
    }

    #[test]
    fn every_module_stands_after_those_that_it_imports_and_each_import_is_exported() {
        let mut before: Vec<(String, Vec<&str>)> = Vec::new();
        let verifier = MODULES.iter().copied().chain([("page.js", PAGE)]);
        for (file, source) in verifier.chain(DESK).chain([("page.js", DESK_PAGE)]) {
            for (names, from) in source.lines().filter_map(import) {
                let found = before.iter().find(|(earlier, _)| earlier == from);
                let exported = found.map(|(_, exported)| exported.clone()).unwrap_or_default();
                for name in names.split(", ") {
                    assert!(exported.contains(&name), "{file}: {from} exports no {name} before it");
                }
            }
            before.push((file.to_owned(), unwrap(source).1));
        }
    }

    #[test]
    fn every_module_in_the_folders_is_joined() {
        for (folder, modules) in [("verify", &MODULES[..]), ("clerk", &DESK[..])] {
            let folder = format!("{}/assets/{folder}", env!("CARGO_MANIFEST_DIR"));
            let files = std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().file_name().into_string().unwrap());
            let joined = |file: &String| file == "page.js" || modules.iter().any(|(name, _)| name == file);
            assert_eq!(files.filter(|file| !joined(file)).collect::<Vec<_>>(), Vec::<String>::new());
        }
    }

    #[test]
    fn the_script_can_stand_within_html_and_makes_no_markup() {
        for bad in ["</script", "<!--", "innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval("] {
            assert!(!script().contains(bad) && !desk().contains(bad), "{bad}");
        }
    }

    #[test]
    fn its_words_leave_what_the_browser_fills_in() {
        for lang in Lang::ALL {
            let words: Value = serde_json::from_str(&words(lang)).unwrap();
            assert!(words["count-records"].as_str().unwrap().ends_with("{count}"), "{words}");
            assert!(words["place"].as_str().unwrap().ends_with("{index}"));
        }
    }
}
