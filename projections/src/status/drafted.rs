//! What came before the decisions, as it is shown.

use serde::{Deserialize, Serialize};
use sinetti_events::primitives::hash::Digest;
use sinetti_events::primitives::ids::PartyId;
use sinetti_events::primitives::time::Date;

use super::codes::ActGrade;
use crate::acts::Act;
use crate::acts::line::{Line, Words};
use crate::acts::organ::Organ;
use crate::acts::preparation_phase_recorded::{NamedDocument, PreparationPhase};
use crate::acts::slug::Slug;
use crate::agreement::{Agreement, Entry};
use crate::drafting::{self, Comment};
use crate::texts;

/// How the agreement was prepared. Nothing here decides anything.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Drafting {
    /// Rounds of comments, in order.
    pub comment_rounds: Vec<CommentRound>,
    /// Phases of preparation, in legal order.
    pub phases: Vec<Phase>,
    /// To whom drafts were presented, in legal order.
    pub presentations: Vec<Presentation>,
}

/// One round of comments.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CommentRound {
    /// The comments, in legal order.
    pub comments: Vec<SubmittedComment>,
    /// Its last day.
    pub deadline: Date,
    /// Who was asked; everybody when empty.
    pub invited: Vec<PartyId>,
    /// Whether it is open.
    pub open: bool,
    /// When it was opened.
    pub opened_on: Option<Date>,
    /// Version of the first deposit of the text, where it names one.
    pub text_group: Option<u64>,
    /// Version of the record.
    pub version: u64,
}

/// One comment.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SubmittedComment {
    /// Version of the decision that gives it, where an organ did.
    pub decision: Option<u64>,
    /// SHA-256 of the comment as a document.
    pub document: Option<Digest>,
    /// By whose word it is known.
    pub grade: ActGrade,
    /// Whether it came after the last day.
    pub late: bool,
    /// Whose it is; none where the source names no party.
    pub party: Option<PartyId>,
    /// Whose it is in the source's words, where it names no party.
    pub party_described: Option<Line>,
    /// When it was given.
    pub submitted_on: Option<Date>,
    /// Version of the record.
    pub version: u64,
}

/// A phase of preparation that was done.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Phase {
    /// The interface area; none for the whole agreement.
    pub area: Option<Slug>,
    /// What came of it.
    pub documents: Vec<NamedDocument>,
    /// When.
    pub occurred_on: Option<Date>,
    /// Whose work it was; none for the registrar's own record.
    pub party: Option<PartyId>,
    /// Which phase.
    pub phase: PreparationPhase,
    /// What was found.
    pub summary: Option<Words>,
    /// Version of the record.
    pub version: u64,
}

/// A draft that was shown to an organ or forum.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Presentation {
    /// When.
    pub occurred_on: Option<Date>,
    /// Whose organ it is; none where that is not said.
    pub party: Option<PartyId>,
    /// Version of the first deposit of the text, where it names one.
    pub text_group: Option<u64>,
    /// To whom.
    pub to: Organ,
    /// Version of the record.
    pub version: u64,
}

/// All that happened by `on`.
pub(super) fn drafting(agreement: &Agreement, on: Date) -> Drafting {
    Drafting {
        comment_rounds: drafting::rounds(agreement, on)
            .map(|(entry, act)| CommentRound {
                comments: drafting::comments(agreement, entry.version, on).iter().map(comment).collect(),
                deadline: act.deadline,
                invited: act.invited.clone(),
                open: on <= act.deadline,
                opened_on: entry.common.occurred_on,
                text_group: act.subject.as_ref().and_then(|subject| texts::group_of(agreement, subject)),
                version: entry.version,
            })
            .collect(),
        phases: in_legal_order(agreement, "preparation_phase_recorded", on).into_iter().filter_map(phase).collect(),
        presentations: in_legal_order(agreement, "draft_presented", on)
            .into_iter()
            .filter_map(|entry| presentation(agreement, entry))
            .collect(),
    }
}

fn in_legal_order<'a>(agreement: &'a Agreement, kind: &str, on: Date) -> Vec<&'a Entry> {
    let mut entries: Vec<&Entry> = agreement.of_kind(kind).filter(|entry| entry.happened_by(on)).collect();
    entries.sort_by_key(|entry| (entry.common.occurred_on, entry.version));
    entries
}

fn comment(comment: &Comment<'_>) -> SubmittedComment {
    let Comment { act, entry, late } = comment;
    SubmittedComment {
        decision: act.decision,
        document: act.document,
        grade: entry.grade(),
        late: *late,
        party: entry.party().cloned(),
        party_described: entry.common.party_described.clone(),
        submitted_on: entry.common.occurred_on,
        version: entry.version,
    }
}

fn phase(entry: &Entry) -> Option<Phase> {
    let Act::PreparationPhaseRecorded(act) = &entry.act else { return None };
    Some(Phase {
        area: act.area.clone(),
        documents: act.documents.clone(),
        occurred_on: entry.common.occurred_on,
        party: entry.party().cloned(),
        phase: act.phase,
        summary: act.summary.clone(),
        version: entry.version,
    })
}

fn presentation(agreement: &Agreement, entry: &Entry) -> Option<Presentation> {
    let Act::DraftPresented(act) = &entry.act else { return None };
    Some(Presentation {
        occurred_on: entry.common.occurred_on,
        party: entry.party().cloned(),
        text_group: act.subject.as_ref().and_then(|subject| texts::group_of(agreement, subject)),
        to: act.to.clone(),
        version: entry.version,
    })
}
