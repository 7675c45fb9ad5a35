//! The fields of a type's form, from its JSON Schema: every type is reachable, and none is left without words.

use askama::Template;
use serde_json::{Map, Value};
use sinetti_events::primitives::ids::PartyId;
use sinetti_projections::acts::TypeInfo;

use super::offered::{Choice, Offered};
use crate::i18n::{self, Words};

/// The members of a decision in the order of minutes; what a clerk always fills in comes first.
const DECISION: [&str; 10] = [
    "organ",
    "occurred_on",
    "section",
    "case_number",
    "effect",
    "resolution",
    "subject",
    "competent",
    "minutes",
    "finality",
];

/// Members that name a record, and the types of record that they can name (none: any).
const RECORDS: &[(&str, &[&str])] = &[
    ("about", &[]),
    ("acts", &[]),
    ("amendment", &["amendment_proposed"]),
    ("annex", &["annex_deposited"]),
    ("answers", &["dispute_recorded"]),
    ("assignment", &["counterpart_assigned"]),
    ("by", &["decision_recorded"]),
    ("challenge", &["decision_challenged"]),
    ("consolidates", &["amendment_proposed"]),
    ("decision", &["decision_recorded"]),
    ("declaration", &["provisional_application_declared"]),
    ("dispute", &["dispute_recorded"]),
    ("goal", &["goal_set"]),
    ("notice", &["withdrawal_notified"]),
    ("proposal", &["text_error_proposed"]),
    ("rectifies", &["text_error_proposed"]),
    ("round", &["comment_round_opened"]),
    ("same_text_as", &["text_deposited"]),
    ("signature", &["text_signed"]),
    ("version", &[]),
];

/// Members with the SHA-256 of a file that the clerk has; other digests name what is deposited.
const FILES: [&str; 4] = ["minutes_digest", "document", "scan", "digest"];

/// Lists of parties in which each of the roster is ticked or not.
const OF_ROSTER: [&str; 4] = ["attending", "eligible", "invited", "parties"];

/// Deeper than any schema of ours nests.
const DEEPEST: usize = 8;

/// One member of an event, as a field.
pub(super) struct Field {
    pub member: String,
    pub id: String,
    pub label: String,
    pub help: Option<String>,
    pub required: bool,
    /// Shown at once; the rest is behind a summary.
    pub is_first: bool,
    pub control: Control,
    w: Words,
}

/// How it is filled in.
pub(super) enum Control {
    Text,
    Number,
    Date,
    File,
    Personal,
    Json,
    /// Ticked is true, else it is left out.
    Flag {
        chosen: bool,
    },
    /// True or false, always said.
    FlagAlways,
    /// One of a few words, of the parties or of the texts.
    Choice(Vec<Choice>),
    /// A record by its version.
    Record(Vec<Choice>),
    Subject(Vec<Choice>),
    Ticks(Vec<Choice>),
    Group(Vec<Field>),
    List(Box<Field>),
    Variants(Vec<Variant>),
}

/// One form that a value can have.
pub(super) struct Variant {
    pub choice: Choice,
    pub fields: Vec<Field>,
}

#[derive(Template)]
#[template(path = "clerk/field.html")]
struct Html<'a> {
    field: &'a Field,
    w: Words,
}

impl Field {
    /// The field with all that is within it; the template escapes what it shows.
    pub fn html(&self) -> String {
        Html { field: self, w: self.w }.render().unwrap_or_default()
    }

    /// How the script reads it.
    pub fn kind(&self) -> &'static str {
        match self.control {
            Control::Text | Control::Date | Control::File | Control::Choice(_) => "text",
            Control::Number | Control::Record(_) => "number",
            Control::Personal => "personal",
            Control::Json => "json",
            Control::Flag { .. } => "flag",
            Control::FlagAlways => "flag_always",
            Control::Subject(_) => "subject",
            Control::Ticks(_) => "ticks",
            Control::Group(_) => "object",
            Control::List(_) => "list",
            Control::Variants(_) => "variants",
        }
    }
}

/// The fields of `info` for `party`, those that come first first.
pub(super) fn fields(offered: &Offered, info: &TypeInfo, party: &PartyId, about: &str) -> Vec<Field> {
    let schema = (info.schema)().to_value();
    let form = Form { offered, info, schema: &schema, about };
    let transcribes = party.is_registrar() && info.is_transcribable();
    let mut fields = form.members(&schema, "", 0);
    fields.retain(|field| transcribes || !form.is_of_transcription(&field.member));
    fields.retain(|field| offered.demonstration || field.member != "invented");
    // What a party knows of its own decision is said; a source that is transcribed may not say it.
    let stated = if party.is_registrar() { &[][..] } else { &["finality", "section"][..] };
    for field in &mut fields {
        field.required |= info.name == "decision_recorded" && stated.contains(&field.member.as_str());
        let ordered = info.name == "decision_recorded" && DECISION.contains(&field.member.as_str());
        let transcribed = transcribes && form.is_of_transcription(&field.member);
        field.is_first = field.required || ordered || transcribed || field.member == "invented";
    }
    if info.name == "decision_recorded" {
        let last = DECISION.len();
        fields.sort_by_key(|field| DECISION.iter().position(|name| *name == field.member).unwrap_or(last));
    }
    fields
}

/// What a form is made from.
struct Form<'a> {
    offered: &'a Offered,
    info: &'a TypeInfo,
    schema: &'a Value,
    about: &'a str,
}

/// A place in the schema, references followed.
#[derive(Clone, Copy)]
struct Place<'a> {
    /// Its name among the definitions.
    name: &'a str,
    at: &'a Value,
}

impl<'a> Form<'a> {
    /// Members that only a transcription has.
    fn is_of_transcription(&self, member: &str) -> bool {
        let common = matches!(member, "party" | "party_described" | "source");
        common && !self.info.is_of_keys()
    }

    fn members(&self, at: &'a Value, path: &str, depth: usize) -> Vec<Field> {
        let required = at.get("required").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        let properties = at.get("properties").and_then(Value::as_object);
        let field = |(member, at): (&'a String, &'a Value)| {
            let path = if path.is_empty() { member.clone() } else { format!("{path}-{member}") };
            self.field(member, at, &path, required.iter().any(|name| name == member), depth)
        };
        let mut fields: Vec<Field> = properties.into_iter().flat_map(Map::iter).map(field).collect();
        fields.sort_by_key(|field| !field.required);
        fields
    }

    fn field(&self, member: &str, at: &'a Value, path: &str, required: bool, depth: usize) -> Field {
        let w = self.offered.w;
        let kind = self.info.name.replace('_', "-");
        let (name, whole) = (member.replace('_', "-"), path.replace('_', "-"));
        let own = |family: &str| {
            let ids = [format!("{family}-{kind}-{whole}"), format!("{family}-{name}")];
            ids.into_iter().find(|id| i18n::has(w.0, id)).map(|id| w.get(&id))
        };
        Field {
            member: member.to_owned(),
            id: format!("field-{whole}"),
            label: own("field").unwrap_or_else(|| member.to_owned()),
            help: own("help"),
            required,
            is_first: true,
            control: self.control(member, at, path, depth),
            w,
        }
    }

    fn control(&self, member: &str, at: &'a Value, path: &str, depth: usize) -> Control {
        let place = self.place(at);
        if let Some(control) = self.known(member, place) {
            return control;
        }
        let words = constants(place.at);
        if !words.is_empty() {
            return Control::Choice(words.into_iter().map(|word| self.word(place.name, word)).collect());
        }
        if depth > DEEPEST {
            return Control::Json;
        }
        if let Some(variants) = place.at.get("oneOf").and_then(Value::as_array) {
            return Control::Variants(variants.iter().map(|at| self.variant(place.name, at, path, depth)).collect());
        }
        match kind_of(place.at) {
            "array" => self.list(member, place.at, path, depth),
            "object" => Control::Group(self.members(place.at, path, depth + 1)),
            "integer" => Control::Number,
            "boolean" => Control::Flag { chosen: false },
            "string" => Control::Text,
            _ => Control::Json,
        }
    }

    /// What goes by its member's or its definition's name.
    fn known(&self, member: &str, place: Place<'a>) -> Option<Control> {
        let offered = self.offered;
        let integer = kind_of(place.at) == "integer";
        let record = || RECORDS.iter().find(|(name, _)| *name == member).filter(|_| integer);
        Some(match (place.name, member) {
            ("Subject", _) => Control::Subject(offered.texts(true)),
            ("Commitment", _) => Control::Personal,
            ("Date", _) => Control::Date,
            ("Digest", "key") => Control::Text,
            ("Digest", "digest") if self.info.name == "record_confirmed" => {
                Control::Choice(unchosen(offered.texts(false)))
            }
            ("Digest", name) if FILES.contains(&name) => Control::File,
            ("Digest", _) => Control::Choice(match member {
                "text" => offered.texts(false),
                _ => unchosen(offered.texts(false)),
            }),
            ("PartyId", "id") => Control::Text,
            ("PartyId", _) => Control::Choice(offered.parties()),
            ("Words", _) => Control::Group(["fi", "sv", "en"].map(|lang| self.in_language(member, lang)).into()),
            (_, "area") if kind_of(place.at) == "string" => Control::Choice(offered.areas()),
            (_, "forum") if kind_of(place.at) == "string" => Control::Choice(offered.forums()),
            (_, "minor_technical_changes") => Control::FlagAlways,
            (_, "invented") => Control::Flag { chosen: true },
            _ => Control::Record(offered.records(record()?.1, self.about)),
        })
    }

    fn in_language(&self, member: &str, lang: &str) -> Field {
        let w = self.offered.w;
        Field {
            member: lang.to_owned(),
            id: format!("field-{}-{lang}", member.replace('_', "-")),
            label: w.term("language", lang),
            help: None,
            required: false,
            is_first: true,
            control: Control::Text,
            w,
        }
    }

    fn list(&self, member: &str, at: &'a Value, path: &str, depth: usize) -> Control {
        let Some(items) = at.get("items") else { return Control::Json };
        let place = self.place(items);
        let words = constants(place.at);
        if !words.is_empty() {
            return Control::Ticks(words.into_iter().map(|word| self.word(place.name, word)).collect());
        }
        if place.name == "PartyId" && OF_ROSTER.contains(&member) {
            return Control::Ticks(self.offered.roster());
        }
        let mut item = self.field(member, items, &format!("{path}-item"), false, depth + 1);
        item.member = String::new();
        Control::List(Box::new(item))
    }

    fn variant(&self, family: &str, at: &'a Value, path: &str, depth: usize) -> Variant {
        let kind = at.pointer("/properties/kind/const").and_then(Value::as_str).unwrap_or_default();
        let mut fields = self.members(at, &format!("{path}-{kind}"), depth + 1);
        fields.retain(|field| field.member != "kind");
        Variant { choice: self.word(family, kind), fields }
    }

    fn word(&self, family: &str, word: &str) -> Choice {
        let usual = matches!(
            (self.info.name, family, word),
            ("decision_recorded", "Minutes", "confirmed") | ("text_signed", "Grade", "ledger_key")
        );
        let label = self.offered.w.term(family_of(family), word);
        Choice { chosen: usual, ..Choice::new(word, label) }
    }

    /// Follows references, and the alternative that is not null.
    fn place(&self, at: &'a Value) -> Place<'a> {
        let mut place = Place { name: "", at };
        for _ in 0..DEEPEST {
            let reference = place.at.get("$ref").and_then(Value::as_str);
            let given = place.at.get("anyOf").and_then(Value::as_array);
            let given = given.and_then(|all| all.iter().find(|it| it.get("type").is_none_or(|kind| kind != "null")));
            place = match (reference.and_then(|path| path.strip_prefix('#')), given) {
                (Some(pointer), _) => match self.schema.pointer(pointer) {
                    Some(at) => Place { name: pointer.rsplit('/').next().unwrap_or_default(), at },
                    None => return place,
                },
                (None, Some(at)) => Place { at, ..place },
                (None, None) => return place,
            };
        }
        place
    }
}

fn unchosen(choices: Vec<Choice>) -> Vec<Choice> {
    choices.into_iter().map(|choice| Choice { chosen: false, ..choice }).collect()
}

/// The fixed words that a place takes.
fn constants(at: &Value) -> Vec<&str> {
    let listed = at.get("enum").and_then(Value::as_array);
    let listed = listed.into_iter().flatten().filter_map(Value::as_str);
    let one_of = at.get("oneOf").and_then(Value::as_array);
    let one_of = one_of.into_iter().flatten().filter_map(|it| it.get("const").and_then(Value::as_str));
    listed.chain(one_of).collect()
}

fn kind_of(at: &Value) -> &str {
    match at.get("type") {
        Some(Value::String(kind)) => kind,
        Some(Value::Array(kinds)) => {
            kinds.iter().filter_map(Value::as_str).find(|kind| *kind != "null").unwrap_or_default()
        }
        _ => "",
    }
}

/// The family of the messages that name the words of a definition.
pub(super) fn family_of(definition: &str) -> &'static str {
    match definition {
        "AmendmentRule" => "amendment-rule",
        "AnnexForm" => "form",
        "Basis" => "basis",
        "Better" => "better",
        "ChallengeKind" => "challenge",
        "ChallengeOutcome" => "outcome",
        "ConditionKind" => "condition-kind",
        "ConditionOutcome" => "condition-outcome",
        "DisputeMatter" => "matter",
        "DisputeOutcome" => "dispute-outcome",
        "Effect" => "effect",
        "EndKind" => "ending",
        "EntryIntoForce" => "force-rule",
        "Finality" => "finality",
        "ForumDuration" => "forum-duration",
        "ForumKind" => "forum-kind",
        "Grade" => "grade",
        "InvalidityGround" => "ground",
        "Language" => "language",
        "Minutes" => "minutes",
        "MunicipalityType" => "municipality-type",
        "NegotiationKind" => "negotiation",
        "OrganKind" => "organ",
        "PartyKind" => "kind",
        "PreparationPhase" => "phase",
        "ProposalKind" => "proposal-kind",
        "Purpose" => "purpose",
        "Required" => "mandate",
        "Resolution" => "resolution",
        "SeatSuccession" => "seat-succession",
        "SuccessionKind" => "succession",
        "Term" => "term",
        "TextRole" => "role",
        "WelfarePart" => "part",
        _ => "word",
    }
}
