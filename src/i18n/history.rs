//! One line of an agreement's history in plain words.

use sinetti_events::primitives::ids::PartyId;
use sinetti_events::primitives::time::Date;
use sinetti_projections::registry::Registry;
use sinetti_projections::timeline::Line;

use super::names::Titled;
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
    args.push(("scope", scope(line).into()));
    t(lang, &line.message, &args)
}

/// The terms of the minutes' own language that [`sentence`] translates: resolution and effect in Finnish.
pub fn finnish_terms(line: &Line) -> Option<String> {
    let words = Words(Lang::Fi);
    let term = |family: &str| line.args.get(family).map(|code| words.term(family, code));
    Some(format!("{} ({})", term("resolution")?, term("effect")?))
}

/// What a determination is about: an amendment, a pair of a bilateral agreement, or all.
fn scope(line: &Line) -> &'static str {
    let given = |name: &str| line.args.get(name).is_some_and(|value| !value.is_empty());
    match (given("amendment"), given("with")) {
        (true, _) => "amendment",
        (false, true) => "pair",
        (false, false) => "all",
    }
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

/// Arguments of which messages have a form without: empty ones are `none` to them.
fn is_optional(name: &str) -> bool {
    matches!(name, "area" | "articles" | "deadline" | "issuer" | "seat" | "target" | "with")
}

/// The family of words of an outcome.
fn outcomes(kind: &str) -> &'static str {
    match kind {
        "condition_settled" => "condition-outcome",
        "dispute_resolved" => "dispute-outcome",
        _ => "outcome",
    }
}

/// Days as `1.1.2023–31.12.2023`; years as they are.
fn period(lang: Lang, value: &str) -> String {
    let days = value.split_once('/').and_then(|(from, to)| Some((from.parse().ok()?, to.parse().ok()?)));
    days.map_or(value.to_owned(), |(from, to)| format!("{}–{}", date(lang, from), date(lang, to)))
}

/// An argument as people read it: codes as words, dates as dates, parties by name, counts as numbers.
fn argument<'a>(lang: Lang, line: &Line, name: &str, value: &'a str, registry: &Registry, on: Date) -> Value<'a> {
    let words = Words(lang);
    if let Some(label) = line.labels.get(name) {
        return Titled::of(lang, label).text.into();
    }
    match name {
        _ if value.is_empty() => {
            if is_optional(name) {
                "none".into()
            } else {
                value.into()
            }
        }
        "attending" | "changes" | "corrections" | "documents" | "needed" | "parties" | "tasks" => {
            value.parse::<u64>().map_or(value.into(), Value::from)
        }
        "outcome" => words.term(outcomes(line.kind), value).into(),
        "rule" => words.term("amendment-rule", value).into(),
        "challenge" | "effect" | "ending" | "form" | "grade" | "ground" | "language" | "matter" | "negotiation"
        | "part" | "phase" | "resolution" => words.term(name, value).into(),
        "period" => period(lang, value).into(),
        "value" if lang != Lang::En => value.replace('.', ",").into(),
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
