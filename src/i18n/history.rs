//! One line of an agreement's history in plain words.

use sinetti_events::primitives::ids::PartyId;
use sinetti_events::primitives::time::Date;
use sinetti_projections::registry::Registry;
use sinetti_projections::timeline::Line;

use super::{Lang, Value, Words, date, has, names, t};

/// The line in words of `lang`, with parties by their names as of `on`. Organs keep the name that the minutes give them.
pub fn sentence(lang: Lang, line: &Line, registry: &Registry, on: Date) -> String {
    if !has(lang, &line.message) {
        return t(lang, "timeline-unknown", &[("who", who(lang, line, registry, on).into())]);
    }
    let mut args: Vec<(&str, Value<'_>)> =
        line.args.iter().map(|(name, value)| (*name, argument(lang, line, name, value, registry, on))).collect();
    args.push(("who", who(lang, line, registry, on).into()));
    args.push(("place", place(lang, line).into()));
    let scope = if line.args.get("with").is_some_and(|with| !with.is_empty()) { "pair" } else { "all" };
    args.push(("scope", scope.into()));
    t(lang, &line.message, &args)
}

/// The terms of the minutes' own language that [`sentence`] translates: resolution and effect in Finnish.
pub fn finnish_terms(line: &Line) -> Option<String> {
    let words = Words(Lang::Fi);
    let term = |family: &str| line.args.get(family).map(|code| words.term(family, code));
    Some(format!("{} ({})", term("resolution")?, term("effect")?))
}

/// Who speaks, or whose act the registrar transcribes.
fn who(lang: Lang, line: &Line, registry: &Registry, on: Date) -> String {
    match (&line.party, &line.party_described) {
        (Some(party), _) => names::party(lang, registry, party, on).text,
        (None, Some(described)) => t(lang, "described-party", &[("described", described.as_str().into())]),
        (None, None) => names::party(lang, registry, &line.actor, on).text,
    }
}

/// Organ and section, as the minutes name them; what kind of organ it is, where the reader's language is another.
fn place(lang: Lang, line: &Line) -> String {
    let arg = |name: &str| line.args.get(name).map(String::as_str).filter(|value| !value.is_empty());
    let Some(organ) = arg("organ") else { return t(lang, "organ-unnamed", &[]) };
    let organ = match arg("organ_kind") {
        Some(kind) if lang != Lang::Fi => {
            let kind = Words(lang).term("organ", kind);
            t(lang, "organ-glossed", &[("organ", organ.into()), ("kind", kind.into())])
        }
        _ => organ.to_owned(),
    };
    match arg("section") {
        Some(section) => t(lang, "organ-place", &[("organ", organ.into()), ("section", section.into())]),
        None => organ,
    }
}

/// An argument as people read it: codes as words, dates as dates, parties by name, counts as numbers.
fn argument<'a>(lang: Lang, line: &Line, name: &str, value: &'a str, registry: &Registry, on: Date) -> Value<'a> {
    let words = Words(lang);
    match name {
        "parties" | "needed" | "changes" => value.parse::<u64>().map_or(value.into(), Value::from),
        "resolution" | "effect" | "outcome" | "challenge" | "grade" | "language" => words.term(name, value).into(),
        // Of a text a code; of a signer the role's own name.
        "role" if line.kind == "text_deposited" => words.term("role", value).into(),
        "deadline" | "from" => value.parse().map_or(value.into(), |day| date(lang, day).into()),
        "with" => match value.parse::<PartyId>() {
            Ok(party) => names::party(lang, registry, &party, on).text.into(),
            Err(_) => value.into(),
        },
        _ => value.into(),
    }
}
