//! The roster as it is shown, seat by seat.

use sinetti_events::primitives::time::Date;

use super::codes::{ActGrade, NoteCode};
use super::decisions;
use super::view::{
    DecisionRow, Footnote, Missing, Note, Provisional, RoleSigned, Row, SignatureRow, Taken, Withdrawal,
};
use crate::acts::decision_recorded::{ConditionKind, DecisionRecorded, Effect, Finality};
use crate::acts::rules::EntryIntoForce;
use crate::acts::{Act, TextSigned};
use crate::agreement::{Agreement, Entry};
use crate::approval::{self, WhyNot};
use crate::conditions;
use crate::finality;
use crate::force::{self, Standing};
use crate::periods::Course;
use crate::provisional;
use crate::registry::Registry;
use crate::signing::{self, Signing};
use crate::texts;
use crate::withdrawal;

/// One seat.
pub(super) fn row<'a>(course: &Course<'a>, registry: &Registry, standing: &Standing<'a>) -> Row {
    let (agreement, on) = (course.force.agreement, course.force.on);
    let party = &standing.seat.party;
    let provisional = provisional(course, standing);
    let withdrawal = withdrawal(agreement, standing, on);
    let registered = registry.parties.get(party).map(|known| &known.registered);
    let decisions: Vec<DecisionRow> = approval::decisions_of(agreement, party, on)
        .into_iter()
        .filter(|(entry, act)| !apart(agreement, approval::group_approved(agreement, entry, act)))
        .map(|(entry, act)| decisions::decision(agreement, entry, act, on))
        .collect();
    let signing = texts::current(agreement, on).map(|text| signing::signing(agreement, party, text, on));
    let acts = agreement.acts_of(party, on);
    let suspect = acts.iter().any(|entry| entry.is_suspect(registry));
    let mut notes = notes(agreement, registry, standing, signing.as_ref(), on);
    notes.extend(seat_notes(standing, provisional.as_ref(), withdrawal.as_ref(), on));
    Row {
        acceded_by: standing.held.acceded_by,
        approved: standing.approved.is_some(),
        approved_on: standing.approved.map(|(_, date)| date),
        bound: course.binds(standing),
        codes: registered.map(|it| it.codes.clone()).unwrap_or_default(),
        decision: shown(&decisions, standing),
        footnotes: footnotes(agreement, registry, standing, on),
        invented: acts.iter().any(|entry| entry.common.invented),
        acts: acts.iter().map(|entry| entry.version).collect(),
        kind: registered.map(|it| it.kind),
        municipality_type: registered.and_then(|it| it.municipality_type),
        names: registry.names(party, on).cloned(),
        notes,
        number: standing.seat.number,
        party: party.clone(),
        provisional,
        signatures: signing.as_ref().map_or("0/1".to_owned(), progress),
        signature: signing.as_ref().and_then(|it| signature(agreement, it)),
        signed: standing.signed.is_some(),
        signed_on: standing.signed,
        suspect,
        taken_by: taken(standing, on).collect(),
        withdrawal,
        decisions,
    }
}

fn provisional<'a>(course: &Course<'a>, standing: &Standing<'a>) -> Option<Provisional> {
    let (entry, act) = provisional::applied(course, standing)?;
    Some(Provisional { from: act.from, scope: act.scope.clone(), version: entry.version })
}

fn withdrawal(agreement: &Agreement, standing: &Standing<'_>, on: Date) -> Option<Withdrawal> {
    let (entry, act) = withdrawal::notice(agreement, &standing.seat.party, on)?;
    Some(Withdrawal {
        in_effect: act.takes_effect_on <= on,
        notified_on: entry.common.occurred_on,
        takes_effect_on: act.takes_effect_on,
        version: entry.version,
    })
}

fn taken(standing: &Standing<'_>, on: Date) -> impl Iterator<Item = Taken> {
    let by_then = standing.held.takers.iter().filter(move |taker| taker.from <= on);
    by_then.map(|taker| Taken { from: taker.from, party: taker.party.clone(), version: taker.version })
}

/// What to know of the seat itself: how it was got, who took it, and whether its party comes or goes.
fn seat_notes(
    standing: &Standing<'_>,
    provisional: Option<&Provisional>,
    withdrawal: Option<&Withdrawal>,
    on: Date,
) -> Vec<Note> {
    let taker = taken(standing, on).last();
    let leaving = |in_effect: bool| withdrawal.filter(|it| it.in_effect == in_effect).map(|it| it.version);
    let notes = [
        (NoteCode::Acceded, standing.held.acceded_by),
        (NoteCode::AppliesProvisionally, provisional.map(|it| it.version)),
        (NoteCode::SeatTaken, taker.map(|it| it.version)),
        (NoteCode::WithdrawalNotified, leaving(false)),
        (NoteCode::Withdrawn, leaving(true)),
    ];
    let told = notes.into_iter().filter(|(_, version)| version.is_some());
    told.map(|(code, version)| Note { code, version }).collect()
}

/// The seats that keep the agreement from being in force, or under a bilateral rule their pair.
pub(super) fn missing(registry: &Registry, rule: &EntryIntoForce, rows: &[Row], on: Date) -> Vec<Missing> {
    let signatures = force::asks_signatures(rule);
    let lacking = rows.iter().filter(|row| !row.approved || signatures && !row.signed);
    lacking
        .map(|row| Missing {
            approval: !row.approved,
            names: row.names.clone(),
            number: row.number,
            party: row.party.clone(),
            signature: signatures && !row.signed,
            signatures: row.signatures.clone(),
            successors: match registry.ended(&row.party, on) {
                Some(_) => registry.current(&row.party, on),
                None => Vec::new(),
            },
            why: (!row.approved).then(|| row.decision.as_ref().and_then(|it| it.why_not).unwrap_or(WhyNot::Pending)),
        })
        .collect()
}

/// The decision that counts; else the newest.
fn shown(decisions: &[DecisionRow], standing: &Standing<'_>) -> Option<DecisionRow> {
    let counted = standing.approved.and_then(|(entry, _)| decisions.iter().find(|row| row.version == entry.version));
    counted.or(decisions.last()).cloned()
}

/// Whether an act is about an annex or an amendment, with which it is shown.
fn apart(agreement: &Agreement, group: Option<u64>) -> bool {
    group.is_some_and(|group| texts::stands_apart(agreement, group))
}

fn progress(signing: &Signing<'_>) -> String {
    format!("{}/{}", signing.have, signing.needed)
}

fn signature(agreement: &Agreement, signing: &Signing<'_>) -> Option<SignatureRow> {
    let role = |(entry, signed): &(&Entry, &TextSigned)| RoleSigned {
        date: entry.common.occurred_on,
        differs_from: texts::differs_from(agreement, &signed.text),
        grade: signed.grade,
        on_behalf_of_role: signed.on_behalf_of_role.clone(),
        role: signed.role.clone(),
        scan: signed.scan,
        text: signed.text,
        version: entry.version,
    };
    let roles: Vec<RoleSigned> = signing.signatures.iter().map(role).collect();
    let newest = roles.last()?.date;
    Some(SignatureRow { complete: signing.complete_on.is_some(), date: signing.complete_on.or(newest), roles })
}

/// Mergers and the like in which the seat's party was before or is after.
fn footnotes(agreement: &Agreement, registry: &Registry, standing: &Standing<'_>, on: Date) -> Vec<Footnote> {
    let party = &standing.seat.party;
    let touches = registry
        .successions
        .iter()
        .filter(|it| it.occurred_on <= on)
        .filter(|it| it.succeeded.predecessors.contains(party) || it.succeeded.successors.contains(party));
    touches
        .map(|it| Footnote {
            acts: it
                .succeeded
                .predecessors
                .iter()
                .filter(|predecessor| *predecessor != party)
                .flat_map(|predecessor| agreement.acts_of(predecessor, on))
                .map(|entry| entry.version)
                .collect(),
            kind: it.succeeded.kind,
            occurred_on: it.occurred_on,
            predecessors: it.succeeded.predecessors.clone(),
            registry_version: it.version,
            successors: it.succeeded.successors.clone(),
        })
        .collect()
}

fn notes(
    agreement: &Agreement,
    registry: &Registry,
    standing: &Standing<'_>,
    signing: Option<&Signing<'_>>,
    on: Date,
) -> Vec<Note> {
    let party = &standing.seat.party;
    let mut notes = Vec::new();
    if registry.ended(party, on).is_some() {
        notes.push(Note { code: NoteCode::Ended, version: None });
    }
    if registry.keyring.keys().any(|key| key.party == *party && key.reenrolled) {
        notes.push(Note { code: NoteCode::Reenrolled, version: None });
    }
    let approved = standing.approved.and_then(|(entry, _)| match &entry.act {
        Act::DecisionRecorded(decision) => Some((entry, decision.as_ref())),
        _ => None,
    });
    let anew = standing.approved.filter(|(entry, date)| Some(*date) < entry.common.occurred_on);
    notes.extend(anew.map(|(entry, _)| Note { code: NoteCode::ApprovedAnew, version: Some(entry.version) }));
    if let Some((entry, decision)) = approved {
        notes.extend(approval_notes(agreement, entry, decision, on));
    }
    notes.extend(signing_notes(agreement, standing, signing, approved, on));
    let suspects = agreement.acts_of(party, on).into_iter().filter(|entry| entry.is_suspect(registry));
    notes.extend(suspects.map(|entry| Note { code: NoteCode::SuspectKey, version: Some(entry.version) }));
    notes
}

/// What to know of the approval that counts.
fn approval_notes(agreement: &Agreement, entry: &Entry, decision: &DecisionRecorded, on: Date) -> Vec<Note> {
    let mut codes = Vec::new();
    if entry.grade() == ActGrade::Transcribed {
        codes.push(NoteCode::ApprovedByTranscription);
    }
    if decision.conditions.iter().any(|condition| condition.kind == ConditionKind::Declaration) {
        codes.push(NoteCode::ApprovalWithDeclaration);
    }
    match finality::finality(agreement, entry, decision, on) {
        Some(Finality::Challenged) => codes.push(NoteCode::Challenged),
        Some(Finality::Open) => codes.push(NoteCode::FinalityOpen),
        _ => {}
    }
    let mut notes: Vec<Note> = codes.into_iter().map(|code| Note { code, version: Some(entry.version) }).collect();
    notes.extend(settlement_note(agreement, entry, decision, on));
    let extraordinary = finality::pending_extraordinary(agreement, entry.version, on).into_iter();
    notes.extend(extraordinary.map(|it| Note { code: NoteCode::ExtraordinaryChallenge, version: Some(it.version) }));
    notes.extend(corrections(agreement, entry.version));
    let Some(party) = entry.party() else { return notes };
    let earlier = approval::decisions_of(agreement, party, on).into_iter().find(|(other, act)| {
        (other.common.occurred_on, other.version) < (entry.common.occurred_on, entry.version)
            && act.effect == Effect::Reject
    });
    notes.extend(earlier.map(|(other, _)| Note { code: NoteCode::EarlierRejection, version: Some(other.version) }));
    notes
}

/// That the approval hung on something, with the record that settled it last.
fn settlement_note(agreement: &Agreement, entry: &Entry, decision: &DecisionRecorded, on: Date) -> Option<Note> {
    let settlements = conditions::settlements(agreement, entry, decision, on);
    let by: Vec<&Entry> = settlements.iter().filter_map(|it| it.by).collect();
    let last = by.iter().max_by_key(|entry| (entry.common.occurred_on, entry.version))?;
    let transcribed = by.iter().find(|entry| entry.grade() == ActGrade::Transcribed);
    let code = match transcribed {
        Some(_) => NoteCode::ConditionsSettledByTranscription,
        None => NoteCode::ConditionsSettled,
    };
    Some(Note { code, version: Some(transcribed.unwrap_or(last).version) })
}

/// Corrections and re-inspections of the record at `version`, whether they changed it or not.
fn corrections(agreement: &Agreement, version: u64) -> impl Iterator<Item = Note> {
    agreement
        .about(version)
        .filter_map(move |entry| match &entry.act {
            Act::RecordCorrected(_) => Some((NoteCode::Corrected, entry)),
            Act::MinutesReinspected(_) => Some((NoteCode::Reinspected, entry)),
            _ => None,
        })
        .map(|(code, entry)| Note { code, version: Some(entry.version) })
}

fn signing_notes(
    agreement: &Agreement,
    standing: &Standing<'_>,
    signing: Option<&Signing<'_>>,
    approved: Option<(&Entry, &DecisionRecorded)>,
    on: Date,
) -> Vec<Note> {
    let mut notes = Vec::new();
    let Some(signing) = signing else { return notes };
    let mut note = |code, entry: &Entry| notes.push(Note { code, version: Some(entry.version) });
    let current = texts::current(agreement, on);
    if let Some((entry, _)) = signing.signatures.last() {
        match approved {
            _ if signing.complete_on.is_none() => note(NoteCode::PartlySigned, entry),
            None => note(NoteCode::SignedBeforeApproval, entry),
            Some((decided, decision)) => {
                let finality = finality::finality(agreement, decided, decision, on);
                if matches!(finality, Some(Finality::Open | Finality::Challenged)) {
                    note(NoteCode::SignedNotFinal, entry);
                }
            }
        }
    }
    for (entry, signed) in signing::signatures_of(agreement, &standing.seat.party, on) {
        let under = signing.signatures.iter().any(|(other, _)| other.version == entry.version);
        let group = texts::group_of_digest(agreement, &signed.text);
        match signing::invalidation(agreement, entry.version, on) {
            Some(by) => note(NoteCode::SignatureInvalidated, by),
            None if !under && !apart(agreement, group) => note(NoteCode::SignedOtherText, entry),
            None if under && group != current => note(NoteCode::SignedTechnicalVariant, entry),
            None => {}
        }
    }
    notes
}
