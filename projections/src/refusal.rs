//! Why an event is refused: slugs are the protocol, words are for people.

use std::fmt;

use sinetti_events::chain::NotSeen;
use sinetti_events::keys::refusal::KeyRefusal;

use crate::event::BadEvent;

/// A rule that an event breaks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// Stable name of the rule, one of [`SLUGS`] or of a key rule.
    pub slug: &'static str,
    /// The member that breaks it, as a path from the payload: `data.subject`, `actor`.
    pub member: String,
    /// What is wrong.
    pub reason: String,
    /// What would be accepted: the way out.
    pub accepted: String,
}

impl Refusal {
    /// What is wrong, where, and what would be accepted: nobody is left without the way out.
    pub fn new(
        slug: &'static str,
        member: impl Into<String>,
        reason: impl Into<String>,
        accepted: impl Into<String>,
    ) -> Refusal {
        Refusal { slug, member: member.into(), reason: reason.into(), accepted: accepted.into() }
    }

    /// The list in `member` names `item` more than once.
    pub fn named_twice(member: &str, item: &impl fmt::Display) -> Refusal {
        Refusal::new("named-twice", member, format!("{item} is named twice"), "name each once")
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}; {}", self.member, self.reason, self.accepted)
    }
}

impl std::error::Error for Refusal {}

impl From<KeyRefusal> for Refusal {
    fn from(refusal: KeyRefusal) -> Refusal {
        let text = refusal.to_string();
        // Key refusals name their member first where they have one.
        let (member, reason) = match text.split_once(": ") {
            Some((member, reason)) if member == "actor" || member.starts_with("data.") => (member, reason),
            _ => (".", text.as_str()),
        };
        Refusal::new(refusal.slug(), member, reason, refusal.accepted())
    }
}

impl From<BadEvent> for Refusal {
    fn from(bad: BadEvent) -> Refusal {
        let reason = match &bad {
            BadEvent::Member { reason, .. } => reason.clone(),
            other => other.to_string(),
        };
        Refusal::new(bad.slug(), bad.member(), reason, "what the schema of the event type says")
    }
}

impl From<NotSeen> for Refusal {
    fn from(not_seen: NotSeen) -> Refusal {
        Refusal::new(not_seen.slug(), "seen", not_seen.to_string(), not_seen.accepted())
    }
}

/// Every slug that `decide` can answer with, and what it means. Slugs of malformed data and of
/// keys come from `sinetti_events`.
pub const SLUGS: &[(&str, &str)] = &[
    ("actor-not-allowed", "this actor may not record this type of event"),
    ("actor-not-on-roster", "the party has no seat in this agreement"),
    ("agreement-end-date", "the last day is that of the term, or not past when the end was agreed"),
    ("agreement-ended", "the agreement's last day is past"),
    ("agreement-ended-already", "another record ends the agreement"),
    ("agreement-not-open", "no such agreement was opened in this ledger"),
    ("agreement-open-already", "an agreement is opened once, in version 1"),
    ("agreement-replacement", "an agreement that is replaced names the other, any other end none"),
    ("amendment-not-in-force", "the amendment is not in force on that day"),
    ("amendment-proposed-already", "another record puts this text to the parties"),
    ("amendment-rule", "the agreement says by which rule it is amended"),
    ("amendment-text", "the text of an amendment is deposited with role amendment"),
    ("annex-committed-already", "the party is committed to this annex"),
    ("annex-county", "an annex of form description names the county of the roster, any other none"),
    ("annex-decision", "the decision that a commitment, or its end, names does not carry it"),
    ("annex-deposited-already", "this text was put to the parties as an annex"),
    ("annex-form", "the annex is joined in another form"),
    ("annex-not-for-party", "the annex is for other parties"),
    ("annex-not-joined", "the party has no part in the annex that could end"),
    ("annex-party", "an annex is for parties of the roster; others join it as outside parties"),
    ("annex-text", "an annex has a text of its own, deposited with role annex"),
    ("area-known", "an interface area has this slug"),
    ("area-unknown", "this agreement has no such interface area"),
    ("business-id-known", "the business id is another party's"),
    ("challenge-pending", "a challenge of the decision is not resolved yet"),
    ("challenge-resolved-already", "another record resolves this challenge"),
    ("code-known", "the code is another party's"),
    ("code-of-another-kind", "the code does not fit the kind of party"),
    ("comment-decision", "the decision that a comment names gives no opinion"),
    ("comment-not-invited", "the round asks others for comments"),
    ("comment-submitted-already", "another record is this comment"),
    ("condition-declaration", "a mere declaration needs no settling"),
    ("condition-outcome", "the outcome is not one of that kind of condition"),
    ("condition-settled-already", "another record says what became of the condition"),
    ("condition-unknown", "the decision has no such condition"),
    ("conditions-mismatch", "the conditions of an approval and its effect don't fit each other"),
    (
        "conditions-not-met",
        "entry into force is determined before its conditions hold; the answer names who is missing",
    ),
    ("confirmation-empty", "a successor confirms acts, or says what becomes of the seat"),
    ("confirmation-text", "the digest in a confirmation is not of the text that the decision was about"),
    ("confirmed-already", "the party has confirmed this transcription"),
    ("correction-empty", "a correction changes nothing"),
    ("correction-in-use", "later corrections build on the one to be retracted"),
    ("correction-malformed", "as corrected, the record would be no act of its type"),
    ("correction-not-possible", "other records rest on the member"),
    ("correction-of-correction", "records about records are retracted and recorded again, not corrected"),
    ("correction-old", "what the correction calls old is not what stands there"),
    ("correction-place", "the record has no such member"),
    ("counterpart-assigned-already", "the party has named this office as its counterpart"),
    ("counterpart-ended-already", "another record ends this assignment"),
    ("date-before-cause", "it would have happened before what it refers to"),
    ("date-in-future", "the date is in the future, as judged in Europe/Helsinki"),
    ("date-of-text-missing", "a text whose digest is not known needs its date"),
    ("deadline-before-opening", "the deadline is before the round opens"),
    ("decimals-too-many", "a value has at most nine decimals"),
    ("decision-annulled", "the decision was set aside already"),
    ("decision-final", "a final decision is challenged extraordinarily only"),
    ("decision-recorded-already", "the same party, organ, date, section and subject are recorded"),
    ("determination-party", "a bilateral agreement is determined pair by pair, any other as a whole"),
    ("determined-already", "entry into force is determined already"),
    ("digest-or-unknown", "a text has either a digest or digest_unknown"),
    ("dispute-about", "a dispute about a record names it"),
    ("dispute-answer", "an answer is another party's view of the same dispute"),
    ("dispute-resolved-already", "the dispute is over"),
    ("dispute-withdrawal", "only who raised a dispute gives it up"),
    ("end-not-after-notice", "a part in an annex ends on a later day than notice of it is given"),
    ("erased-already", "the disclosure is named as erased"),
    ("erased-event-unknown", "the erasure names an event that the ledger does not have"),
    ("final-already", "another record says that the decision became final"),
    ("final-too-early", "by the calendar the decision can still be challenged, and no certificate is named"),
    ("finality-missing", "a party says whether its decision can be appealed"),
    ("forum-known", "a forum has, or had, this slug"),
    ("forum-never-competent", "a forum decides for nobody"),
    ("forum-over", "the forum is there no more"),
    ("forum-unknown", "this agreement has no such forum"),
    ("forum-until", "a temporary forum's last day is before it is established"),
    ("goal-annex", "the annex that sets a goal is of another area"),
    ("goal-of-another-area", "the goal is set in another area"),
    ("goal-until", "a goal is aimed at a day before it is set"),
    ("hub-not-on-roster", "the hub of a bilateral rule has a seat"),
    ("in-force-already", "the agreement is in force for the party"),
    ("in-force-date", "the date is not when the conditions were met, nor an agreed later one"),
    ("indicator-unit", "an indicator keeps its unit"),
    ("indicator-unknown", "the goal has no such indicator"),
    ("invented-in-real-ledger", "invented acts belong to demonstration ledgers"),
    ("languages-missing", "an agreement names the languages of its text"),
    ("mandate-count", "more roles are required than the mandate names, or none"),
    ("mandate-roles", "a mandate names at least one role"),
    ("minutes-confirmed-already", "another record confirms these minutes"),
    ("minutes-not-confirmed", "the minutes do not say what was decided: an agenda, or not inspected yet"),
    ("minutes-not-unconfirmed", "only unconfirmed minutes are confirmed"),
    ("minutes-published-already", "another record publishes these minutes"),
    ("minutes-reported", "reported minutes belong to transcriptions"),
    ("municipality-type", "only a municipality calls itself city or municipality"),
    ("named-twice", "a list names something twice"),
    ("negotiation-members", "forum and ministry don't fit the kind of negotiation"),
    ("negotiation-recorded-already", "this negotiation is recorded"),
    ("negotiation-sides", "the county, or a municipality, did not take part in a negotiation between them"),
    ("not-a-participant", "a party speaks of what it took part in"),
    ("not-a-successor", "by the registry the party does not continue the one that it names"),
    ("not-a-transcription", "only the registrar's transcriptions are confirmed"),
    ("not-appealable", "the decision is recorded as one that can't be appealed"),
    ("not-bound", "the agreement is not in force for the party"),
    ("notice-months", "a notice is of 1 to 1200 months"),
    ("numbering-gap", "seats and areas are numbered from 1 without gaps"),
    ("objected-already", "the party objects to it already"),
    ("objection-late", "the last day for objections is over"),
    ("objection-stands", "a party objects to the correction"),
    ("objections-open", "parties can still object to the correction"),
    ("outcome-unknown", "a party knows what it decided"),
    ("outside-party", "a party without a seat acts about the annexes that it joined only"),
    ("outside-party-has-seat", "a party of the roster is no outside party"),
    ("outside-party-joined-already", "the outside party takes part in this annex"),
    ("outside-party-not-allowed", "the annex is for parties of the roster only"),
    ("participant-not-on-roster", "who took part is not on the roster"),
    ("participants-too-few", "too few took part"),
    ("party-ended", "the party has ended, or had not begun, by that date"),
    ("party-id-reserved", "the id is the name of a role or page"),
    ("party-known", "the id is registered already and never used again"),
    ("party-name-known", "another party has the name; a successor says whom it continues"),
    ("party-unknown", "no such party is registered"),
    ("party-withdrawn", "the party has left; it accedes again before it approves or signs anew"),
    ("period-not-over", "a period is reported before it is over"),
    ("period-order", "a period ends before it begins"),
    ("phase-recorded-already", "another record tells of this phase"),
    ("population-missing", "a rule counts people, and a seat has no figure"),
    ("provisional-already", "the party applies the text provisionally already"),
    ("provisional-date", "a party applies a text provisionally from the day on which it says so, or later"),
    ("provisional-ended-already", "another record ends the provisional application"),
    ("record-confirmed", "the party has confirmed the transcription; the registrar no longer changes it alone"),
    ("record-in-use", "another record rests on what the record says"),
    ("record-of-another-party", "the record is another party's"),
    ("record-of-another-type", "the record that is referred to is of another type"),
    ("record-retracted", "the record that is referred to was retracted"),
    ("record-unknown", "there is no such record"),
    ("rectified-text", "a text that puts errors right is the same but for them, and deposited as such"),
    ("replaced-already", "another record says by what the decision was replaced"),
    ("replacement-order", "a later decision takes the place of an earlier one, never in a circle"),
    ("replacement-undecided", "what takes the place of a decision was not adopted"),
    ("reservation-not-yours", "the reservation is answered by others"),
    ("responsible-missing", "nobody is responsible for a task"),
    ("retraction-of-opening", "the opening of an agreement is never retracted"),
    ("retraction-of-retraction", "a retraction is never retracted"),
    ("role-not-in-mandate", "the role is not among those of the party's mandate"),
    ("role-signed-already", "the role has signed this text"),
    ("roster-too-short", "an agreement has at least two parties"),
    ("seat-held-already", "the party has a seat already"),
    ("seat-succession", "the predecessor's seat can't be taken or made one with the successor's"),
    ("section-missing", "a party names the section (§) of its decision"),
    ("share-unsound", "a share is a fraction that some reach and some don't"),
    ("signature-invalidated-already", "another record says that the signature counts no more"),
    ("signature-scan", "a signature on paper, and no other, names its scan"),
    ("signed-text-not-approved", "the party has approved another text; the answer names both digests"),
    ("signing-role", "a role does not sign on behalf of itself"),
    ("subject-by-digest", "a text whose digest is known is named by it"),
    ("subject-missing", "a position on a text names the text"),
    ("succession-members", "names belong to renamed and a business id to id_changed"),
    ("succession-shape", "predecessors and successors don't fit the kind of succession"),
    ("task-party", "a task names a party that is neither on the roster nor part of an annex of the area"),
    ("tasks-missing", "a division of work has no tasks"),
    ("technical-changes", "a text with technical changes names the text that it differs from"),
    ("technical-changes-not-allowed", "no mandate allows the party to sign a text with technical changes"),
    ("term-not-over", "only an agreement whose fixed term is over has lapsed"),
    ("term-over", "a new term is not over when it is proposed"),
    ("text-consolidates", "only a consolidated text has amendments in it"),
    ("text-deposited-already", "this very text is deposited"),
    ("text-error-draft", "a draft is replaced by a better one, not put right"),
    ("text-in-use", "another record refers to the text"),
    ("text-language-taken", "the text has a document in this language"),
    ("text-not-for-approval", "the parties are asked to approve the agreement's own text"),
    ("text-not-for-signing", "what is signed is the agreement, a proposed amendment, or an annex that is an agreement"),
    ("text-opened-already", "the text is open for approval, and no other since"),
    ("text-rectified", "the errors of the text are put right; another text took its place"),
    ("text-role", "one text has one role"),
    ("text-settled", "the agreement's text is settled; changes of it are amendments"),
    ("text-unknown", "no text with this digest is deposited in this agreement; the answer names those that are"),
    ("title-missing", "no title in the language of the text"),
    ("transcription-not-possible", "this type of act is never transcribed"),
    ("transcription-not-yours", "only the registrar transcribes"),
    ("transcription-of-own-act", "the party recorded the decision itself; the registrar changes nothing in it"),
    ("transcription-party", "a transcription says whose act it was, by id or in words"),
    ("transcription-source", "a transcription says where it is from"),
    ("welfare-report-recorded-already", "the adoption of this report or plan is recorded"),
    (
        "withdrawal-date",
        "a withdrawal takes effect later than its notice, and not before the agreement's own notice is over",
    ),
    ("withdrawal-in-effect", "a withdrawal that took effect is not revoked"),
    ("withdrawal-notified-already", "the party has given notice already"),
    ("withdrawal-revoked-already", "another record revokes the notice"),
    ("wrong-agreement", "signed for another agreement"),
    ("wrong-ledger", "signed for another ledger"),
    ("wrong-stream", "the event type belongs to another kind of stream"),
    ("years-order", "the years that a report or plan covers are none, or in the wrong order"),
];

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;
    use std::path::Path;

    #[test]
    fn slugs_are_listed_in_order_and_once() {
        assert!(SLUGS.is_sorted_by(|left, right| left.0 < right.0));
    }

    #[test]
    fn every_slug_in_the_code_is_listed_and_every_listed_one_used() {
        let mut used = BTreeSet::new();
        collect(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut used);
        let listed: BTreeSet<String> = SLUGS.iter().map(|(slug, _)| (*slug).to_owned()).collect();
        assert_eq!(used, listed);
    }

    #[test]
    fn every_slug_is_provoked_by_a_test() {
        let mut tested = String::new();
        tests_in(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut tested);
        let never: Vec<&str> =
            SLUGS.iter().map(|(slug, _)| *slug).filter(|slug| !tested.contains(&format!("\"{slug}\""))).collect();
        assert_eq!(never, [""; 0]);
    }

    /// What stands in the cases, and after `mod tests` in the other files.
    fn tests_in(directory: &Path, found: &mut String) {
        for entry in std::fs::read_dir(directory).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                tests_in(&path, found);
                continue;
            }
            let text = std::fs::read_to_string(&path).unwrap();
            let is_case = path.parent().is_some_and(|parent| parent.ends_with("cases"));
            found.push_str(if is_case { &text } else { text.split_once("mod tests {").map_or("", |(_, tests)| tests) });
        }
    }

    /// Every first argument of `Refusal::new`, and of the table in `check_stated`.
    fn collect(directory: &Path, used: &mut BTreeSet<String>) {
        for entry in std::fs::read_dir(directory).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                collect(&path, used);
                continue;
            }
            let text = std::fs::read_to_string(&path).unwrap();
            let constructed = text.split("Refusal::new(").skip(1).map(str::trim_start);
            let tabled =
                text.lines().map(str::trim_start).filter(|line| line.starts_with('(') && line.contains(", \"data."));
            let tabled = tabled.filter_map(|line| line.split_once(", ").map(|(_, rest)| rest));
            let quoted = constructed.chain(tabled).filter_map(|rest| rest.strip_prefix('"')?.split_once('"'));
            let slugs = quoted.map(|(slug, _)| slug.to_owned());
            used.extend(
                slugs.filter(|slug| slug.contains('-') && slug.bytes().all(|b| b == b'-' || b.is_ascii_lowercase())),
            );
        }
    }
}
