//! How the agreement was prepared: phases, presentations, comment rounds; and the forums in which the parties meet.

use sinetti_projections::status::ForumRow;
use sinetti_projections::status::drafted::{CommentRound, Phase, Presentation, SubmittedComment};

use super::{Item, Section, Source};
use crate::i18n::{Titled, Words, date};
use crate::pages::chip::{Chip, Tone};
use crate::pages::fact::Fact;

pub(super) fn section(source: Source<'_>) -> Section {
    let drafting = &source.status.drafting;
    let phases = drafting.phases.iter().map(|phase| of_phase(source, phase));
    let presentations = drafting.presentations.iter().map(|shown| of_presentation(source, shown));
    let rounds = drafting.comment_rounds.iter().map(|round| of_round(source, round));
    // The forums of the opening stand with what the agreement says; here those of which something was recorded.
    let told = |forum: &&ForumRow| forum.over_on.is_some() || !forum.meetings.is_empty() || forum.established_by > 1;
    let forums = source.status.forums.iter().filter(told).map(|forum| of_forum(source, forum));
    Section::new(source.w, "drafting", phases.chain(presentations).chain(rounds).chain(forums).collect())
}

fn of_phase(source: Source<'_>, phase: &Phase) -> Item {
    let w = source.w;
    let area = phase.area.as_ref().and_then(|id| source.status.areas.iter().find(|area| area.id == *id));
    let facts = [
        phase.occurred_on.map(|day| Fact::new(w, "fact-date", date(w.0, day))),
        source.named("fact-party", &phase.party),
        area.map(|area| Fact::new(w, "annex-area", Titled::of(w.0, &area.names).text)),
        phase.summary.as_ref().map(|summary| Fact::new(w, "drafting-summary", Titled::of(w.0, summary).text)),
    ];
    Item {
        title: Titled::own(w.0, w.term("phase", phase.phase.as_str())),
        version: Some(phase.version),
        chips: source.invented(phase.version).into_iter().collect(),
        facts: facts.into_iter().flatten().collect(),
    }
}

fn of_presentation(source: Source<'_>, shown: &Presentation) -> Item {
    let w = source.w;
    let facts = [
        Some(Fact::new(w, "drafting-to", shown.to.name.as_str())),
        source.named("fact-party", &shown.party),
        shown.occurred_on.map(|day| Fact::new(w, "fact-date", date(w.0, day))),
        text(source, shown.text_group),
    ];
    Item {
        title: Titled::own(w.0, w.get("type-draft-presented")),
        version: Some(shown.version),
        chips: source.invented(shown.version).into_iter().collect(),
        facts: facts.into_iter().flatten().collect(),
    }
}

fn of_round(source: Source<'_>, round: &CommentRound) -> Item {
    let w = source.w;
    let state = match round.open {
        true => Chip::new(Tone::Wait, w.get("drafting-open")),
        false => Chip::new(Tone::Plain, w.get("drafting-closed")),
    };
    let facts = [
        text(source, round.text_group),
        round.opened_on.map(|day| Fact::new(w, "drafting-opened", date(w.0, day))),
        Some(Fact::new(w, "drafting-deadline", date(w.0, round.deadline))),
        source.named("drafting-invited", &round.invited),
    ];
    let comments = round.comments.iter().map(|comment| of_comment(source, comment));
    Item {
        title: Titled::own(w.0, w.get("drafting-round")),
        version: Some(round.version),
        chips: [state].into_iter().chain(source.invented(round.version)).collect(),
        facts: facts.into_iter().flatten().chain(comments).collect(),
    }
}

/// Who commented when, and whether that was too late.
fn of_comment(source: Source<'_>, comment: &SubmittedComment) -> Fact {
    let w = source.w;
    let who = match (&comment.party, &comment.party_described) {
        (Some(party), _) => source.name(party).text,
        (None, Some(described)) => described.to_string(),
        (None, None) => w.get("unknown"),
    };
    let day = comment.submitted_on.map(|day| format!(", {}", date(w.0, day))).unwrap_or_default();
    let late = if comment.late { format!(" ({})", w.get("drafting-late")) } else { String::new() };
    Fact::new(w, "drafting-comment", format!("{who}{day}{late}"))
}

fn of_forum(source: Source<'_>, row: &ForumRow) -> Item {
    let w = source.w;
    let state = match row.is_there {
        true => Chip::new(Tone::Yes, w.get("forum-meets")),
        false => Chip::new(Tone::Plain, w.get("forum-over")),
    };
    let words = |id: &str, words: &Option<_>| words.as_ref().map(|words| Fact::new(w, id, Titled::of(w.0, words).text));
    let facts = [
        Some(Fact::new(w, "forum-kind", w.term("forum", row.forum.kind.as_str()))),
        words("forum-composition", &row.forum.composition),
        words("forum-how-often", &row.forum.how_often),
        meetings(row, w),
        row.over_on.map(|day| Fact::new(w, "forum-over-on", date(w.0, day))),
    ];
    Item {
        title: Titled::of(w.0, &row.forum.names),
        version: Some(row.established_by),
        chips: [state].into_iter().chain(source.invented(row.established_by)).collect(),
        facts: facts.into_iter().flatten().collect(),
    }
}

fn meetings(row: &ForumRow, w: Words) -> Option<Fact> {
    (!row.meetings.is_empty()).then(|| Fact::new(w, "forum-meetings", row.meetings.len()))
}

fn text(source: Source<'_>, group: Option<u64>) -> Option<Fact> {
    let text = source.text(group?)?;
    Some(Fact::new(source.w, "fact-text", Titled::of(source.w.0, &text.titles).text))
}
