//! The table of parties: one row a seat, in the agreement's own order.

use sinetti_projections::acts::decision_recorded::Resolution;
use sinetti_projections::acts::party_succeeded::SuccessionKind;
use sinetti_projections::agreement::Agreement;
use sinetti_projections::approval::WhyNot;
use sinetti_projections::registry::Registry;
use sinetti_projections::status::{ActGrade, DecisionRow, Footnote, Row, Status};

use super::answer;
use super::arrange::{self, Arrangement, Ranks};
use super::chip::{self, Chip, Tone};
use crate::i18n::{Lang, Titled, Words, date, names, t};

/// One seat as it is shown.
pub(super) struct PartyRow {
    pub number: u64,
    pub name: Titled,
    /// Its id.
    pub party: String,
    /// Whether it has approved, and by whose word that is known where not by the party's own.
    pub approval: Vec<Chip>,
    pub decision: Option<Decision>,
    pub signature: Signature,
    pub notes: Vec<Remark>,
    /// Its place in each order.
    pub ranks: Ranks,
    /// The choices that show it.
    pub choices: String,
    pub is_shown: bool,
}

/// The decision that counts, else the newest.
pub(super) struct Decision {
    pub version: u64,
    pub date: String,
    pub organ: String,
    /// What kind of organ it is, where the reader's language is not the minutes'.
    pub organ_gloss: Option<String>,
    pub section: Option<String>,
    pub case_number: Option<String>,
    pub finality: Option<String>,
}

/// How far the party's signature has come.
pub(super) struct Signature {
    pub chips: Vec<Chip>,
    pub date: Option<String>,
    pub detail: Option<String>,
}

/// A note, with the record that it is about.
pub(super) struct Remark {
    pub text: String,
    pub version: Option<u64>,
}

/// A seat that has something left to do.
pub(super) struct MissingParty {
    pub number: u64,
    pub name: Titled,
    pub what: String,
}

/// All seats, in the order asked for.
pub(super) fn rows(
    status: &Status,
    agreement: &Agreement,
    registry: &Registry,
    arrangement: Arrangement,
    w: Words,
) -> Vec<PartyRow> {
    let names: Vec<Titled> =
        status.parties.iter().map(|row| names::party(w.0, registry, &row.party, status.on)).collect();
    let texts: Vec<String> = names.iter().map(|name| name.text.clone()).collect();
    let seats = status.parties.iter().zip(names).zip(arrange::ranks(status, &texts));
    let row = |((row, name), ranks): ((&Row, Titled), Ranks)| PartyRow {
        number: row.number,
        name,
        party: row.party.to_string(),
        approval: [approval(row, w)].into_iter().chain(grades(row, w)).collect(),
        decision: row.decision.as_ref().map(|decision| shown(decision, w)),
        signature: signature(row, agreement, w),
        notes: notes(row, status, registry, w),
        ranks,
        choices: arrange::choices(row, status),
        is_shown: arrangement.shows(row, status),
    };
    let mut rows: Vec<PartyRow> = seats.map(row).collect();
    arrangement.sort(&mut rows, |row| &row.ranks);
    rows
}

/// The seats that have something left to do.
pub(super) fn missing(status: &Status, registry: &Registry, w: Words) -> Vec<MissingParty> {
    let seats = status.missing.iter();
    let missing = seats.map(|missing| MissingParty {
        number: missing.number,
        name: names::party(w.0, registry, &missing.party, status.on),
        what: answer::what(missing, w),
    });
    missing.collect()
}

/// Under a bilateral rule: who, and since when.
pub(super) fn pairs(status: &Status, registry: &Registry, w: Words) -> Vec<String> {
    let pairs = status.in_force_pairs.iter();
    let line = pairs.map(|pair| {
        let name = names::party(w.0, registry, &pair.party, status.on).text;
        let since = w.with("pairs-since", "date", date(w.0, pair.since));
        let mark = if pair.contested { format!(" ({})", w.get("contested").to_lowercase()) } else { String::new() };
        format!("{name}: {since}{mark}")
    });
    line.collect()
}

fn approval(row: &Row, w: Words) -> Chip {
    let Some(decision) = row.decision.as_ref().filter(|_| !row.approved) else {
        return if row.approved {
            Chip::new(Tone::Yes, w.get("approved"))
        } else {
            Chip::new(Tone::Plain, w.get("not-approved"))
        };
    };
    match (decision.why_not, decision.resolution) {
        (Some(why), _) if is_against(why) => Chip::new(Tone::No, w.get("not-approved")),
        (_, Resolution::Unknown) => Chip::new(Tone::Wait, w.get("outcome-not-known")),
        _ => Chip::new(Tone::Wait, w.get("not-approved")),
    }
}

/// Whether a decision stands against the agreement, and not only on the way to it.
pub(super) fn is_against(why: WhyNot) -> bool {
    matches!(why, WhyNot::Rejected | WhyNot::Annulled | WhyNot::LaterRejected | WhyNot::LaterWithdrawn)
}

fn grades(row: &Row, w: Words) -> Vec<Chip> {
    let transcribed = row.decision.as_ref().is_some_and(|decision| decision.grade == ActGrade::Transcribed);
    let marks = [
        (transcribed, Tone::Note, "transcribed"),
        (row.suspect, Tone::No, "suspect"),
        (row.decision.as_ref().is_some_and(|decision| decision.invented), Tone::MadeUp, "invented"),
    ];
    marks.into_iter().filter(|(is, ..)| *is).map(|(_, tone, id)| Chip::new(tone, w.get(id))).collect()
}

fn shown(decision: &DecisionRow, w: Words) -> Decision {
    let kind = w.term("organ", decision.organ.kind.as_str());
    Decision {
        version: decision.version,
        date: decision.date.map_or_else(|| w.get("unknown"), |day| date(w.0, day)),
        organ: decision.organ.name.to_string(),
        organ_gloss: (w.0 != Lang::Fi).then_some(kind),
        section: decision.section.as_ref().map(|section| section.as_str().to_owned()),
        case_number: decision.case_number.as_ref().map(ToString::to_string),
        finality: decision.finality.map(|finality| w.term("finality", finality.as_str())),
    }
}

fn signature(row: &Row, agreement: &Agreement, w: Words) -> Signature {
    let Some(signature) = &row.signature else {
        return Signature { chips: vec![Chip::new(Tone::Plain, w.get("not-signed"))], date: None, detail: None };
    };
    let roles: Vec<&str> = signature.roles.iter().map(|signed| signed.role.as_str()).collect();
    let chip = if row.signed {
        Chip::new(Tone::Yes, w.get("signed"))
    } else {
        Chip::new(Tone::Wait, w.with("joint-signature", "done", &row.signatures))
    };
    let invented = signature.roles.iter().any(|signed| chip::is_invented(agreement, signed.version));
    let chips = [chip].into_iter().chain(invented.then(|| Chip::invented(w))).collect();
    Signature { chips, date: signature.date.map(|day| date(w.0, day)), detail: Some(roles.join(", ")) }
}

fn notes(row: &Row, status: &Status, registry: &Registry, w: Words) -> Vec<Remark> {
    let why = row.decision.as_ref().filter(|_| !row.approved).and_then(|decision| {
        let why = decision.why_not?;
        Some(Remark { text: w.term("why", why.as_str()), version: None })
    });
    let notes = row.notes.iter().map(|note| Remark { text: w.term("note", note.code.as_str()), version: note.version });
    let footnotes = row.footnotes.iter().map(|it| Remark { text: footnote(it, status, registry, w), version: None });
    why.into_iter().chain(notes).chain(other_decisions(row, w)).chain(footnotes).collect()
}

/// The decisions that the row does not show in its columns.
fn other_decisions(row: &Row, w: Words) -> impl Iterator<Item = Remark> {
    let shown = row.decision.as_ref().map(|decision| decision.version);
    row.decisions.iter().filter(move |decision| Some(decision.version) != shown).map(move |decision| {
        let organ = decision.organ.name.as_str();
        let place = match &decision.section {
            Some(section) => t(w.0, "organ-place", &[("organ", organ.into()), ("section", section.as_str().into())]),
            None => organ.to_owned(),
        };
        let args = [
            ("date", decision.date.map(|day| date(w.0, day)).unwrap_or_default().into()),
            ("place", place.into()),
            ("resolution", w.term("resolution", decision.resolution.as_str()).into()),
            ("effect", w.term("effect", decision.effect.as_str()).into()),
        ];
        Remark { text: t(w.0, "note-other-decision", &args), version: Some(decision.version) }
    })
}

fn footnote(footnote: &Footnote, status: &Status, registry: &Registry, w: Words) -> String {
    let names = |parties: &[sinetti_events::primitives::ids::PartyId]| {
        let names: Vec<String> =
            parties.iter().map(|party| names::party(w.0, registry, party, status.on).text).collect();
        names.join(", ")
    };
    let args = [
        ("date", date(w.0, footnote.occurred_on).into()),
        ("predecessors", names(&footnote.predecessors).into()),
        ("successors", names(&footnote.successors).into()),
    ];
    let id = match footnote.kind {
        SuccessionKind::Absorbed => "footnote-absorbed",
        SuccessionKind::IdChanged => "footnote-id-changed",
        SuccessionKind::Merged => "footnote-merged",
        SuccessionKind::Renamed => "footnote-renamed",
        SuccessionKind::Split => "footnote-split",
    };
    t(w.0, id, &args)
}
