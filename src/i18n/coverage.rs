//! Tests that every code of the domain has its words in every language.

use sinetti_projections::acts::challenge_resolved::ChallengeOutcome;
use sinetti_projections::acts::decision_challenged::ChallengeKind;
use sinetti_projections::acts::decision_recorded::{ConditionKind, Effect, Finality, Minutes, Resolution};
use sinetti_projections::acts::organ::OrganKind;
use sinetti_projections::acts::text_deposited::TextRole;
use sinetti_projections::acts::text_signed::Grade;
use sinetti_projections::acts::{StreamKind, TYPES};
use sinetti_projections::approval::WhyNot;
use sinetti_projections::status::{ContestCode, NoteCode};

use super::{Lang, Value, has, t};

fn assert_named<'a>(family: &str, codes: impl IntoIterator<Item = &'a str>) {
    for code in codes {
        let id = format!("{family}-{}", code.replace('_', "-"));
        for lang in Lang::ALL {
            assert!(has(lang, &id), "{lang}: {id}");
        }
    }
}

#[test]
fn every_line_of_the_timeline_has_its_message_and_leaves_no_variable_open() {
    for info in TYPES.iter().filter(|info| info.stream == StreamKind::Agreement) {
        let message = &info.message();
        for lang in Lang::ALL {
            assert!(has(lang, message), "{lang}: {message}");
            let given = info.args.iter().chain(&["who", "place", "scope"]).map(|name| (*name, Value::from("x")));
            let text = t(lang, message, &given.collect::<Vec<_>>());
            assert!(!text.contains('{'), "{lang}: {message} gives {text}");
        }
    }
}

#[test]
fn every_code_of_a_status_has_its_words() {
    assert_named("why", WhyNot::ALL.iter().map(|code| code.as_str()));
    assert_named("note", NoteCode::ALL.iter().map(|code| code.as_str()));
    assert_named("contest", ContestCode::ALL.iter().map(|code| code.as_str()));
}

#[test]
fn every_type_of_an_agreement_has_its_name() {
    let of_agreements = TYPES.iter().filter(|info| info.stream == StreamKind::Agreement);
    assert_named("type", of_agreements.map(|info| info.name));
}

#[test]
fn every_term_of_a_decision_has_its_word() {
    use Effect as E;
    use Resolution as R;
    let resolutions = [R::Adopted, R::AdoptedAmended, R::NotCompetent, R::Rejected, R::Returned, R::Tabled, R::Unknown];
    assert_named("resolution", resolutions.into_iter().chain([R::Withdrawn]).map(R::as_str));
    let effects = [E::Approve, E::ApproveConditionally, E::AuthoriseSigning, E::Commit, E::Note, E::ProposeToSuperior];
    assert_named(
        "effect",
        effects.into_iter().chain([E::Reject, E::StateOpinion, E::Unknown, E::Withdraw]).map(E::as_str),
    );
    use Finality as F;
    assert_named("finality", [F::Annulled, F::Challenged, F::Final, F::NotAppealable, F::Open].map(F::as_str));
    use Minutes as M;
    assert_named("minutes", [M::Agenda, M::Confirmed, M::Reported, M::Unconfirmed].map(M::as_str));
    use OrganKind as O;
    assert_named("organ", [O::Board, O::Committee, O::Council, O::Forum, O::Official].map(O::as_str));
}

#[test]
fn every_term_of_texts_signatures_and_challenges_has_its_word() {
    use TextRole as T;
    assert_named("role", [T::Amendment, T::Annex, T::Approval, T::Consolidated, T::Draft].map(T::as_str));
    use Grade as G;
    assert_named("grade", [G::Paper, G::LedgerKey, G::Advanced, G::Qualified].map(G::as_str));
    use ChallengeKind as K;
    assert_named("challenge", [K::Appeal, K::RectificationClaim, K::TakeUp].map(K::as_str));
    use ChallengeOutcome as C;
    assert_named("outcome", [C::Annulled, C::Dismissed, C::Upheld, C::Withdrawn].map(C::as_str));
    assert_named("language", ["fi", "sv", "en", "se", "smn", "sms"]);
}

#[test]
fn every_term_of_the_wider_domain_has_its_word() {
    use sinetti_projections::acts::agreement_ended::EndKind;
    use sinetti_projections::acts::annex_deposited::AnnexForm;
    use sinetti_projections::acts::condition_settled::ConditionOutcome;
    use sinetti_projections::acts::dispute_recorded::DisputeMatter;
    use sinetti_projections::acts::dispute_resolved::DisputeOutcome;
    use sinetti_projections::acts::negotiation_held::NegotiationKind;
    use sinetti_projections::acts::preparation_phase_recorded::PreparationPhase;
    use sinetti_projections::acts::signature_invalidated::InvalidityGround;
    use sinetti_projections::acts::welfare_report_adopted::WelfarePart;
    assert_named("phase", PreparationPhase::ALL.iter().map(|it| it.as_str()));
    assert_named("condition-outcome", ConditionOutcome::ALL.iter().map(|it| it.as_str()));
    assert_named("ground", InvalidityGround::ALL.iter().map(|it| it.as_str()));
    assert_named("ending", EndKind::ALL.iter().map(|it| it.as_str()));
    assert_named("form", AnnexForm::ALL.iter().map(|it| it.as_str()));
    assert_named("negotiation", NegotiationKind::ALL.iter().map(|it| it.as_str()));
    assert_named("part", WelfarePart::ALL.iter().map(|it| it.as_str()));
    assert_named("matter", DisputeMatter::ALL.iter().map(|it| it.as_str()));
    assert_named("dispute-outcome", DisputeOutcome::ALL.iter().map(|it| it.as_str()));
    assert_named("amendment-rule", ["binds_accepting", "threshold", "unanimous"]);
}

#[test]
fn every_code_of_annexes_duties_changes_and_what_is_awaited_has_its_words() {
    use sinetti_projections::annex_parts::{PartState, PartWhyNot};
    use sinetti_projections::awaited::AwaitedCode;
    use sinetti_projections::difference::DifferenceCode;
    use sinetti_projections::duties::{DutyKind, DutyState};
    assert_named("annex-state", PartState::ALL.iter().map(|it| it.as_str()));
    assert_named("annex-why", PartWhyNot::ALL.iter().map(|it| it.as_str()));
    assert_named("duty", DutyKind::ALL.iter().map(|it| it.as_str()));
    assert_named("duty-state", DutyState::ALL.iter().map(|it| it.as_str()));
    assert_named("change", DifferenceCode::ALL.iter().map(|it| it.as_str()));
    assert_named("awaits", AwaitedCode::ALL.iter().map(|it| it.as_str()));
}

#[test]
fn every_code_of_conditions_errors_grades_and_times_for_appeal_has_its_words() {
    use sinetti_projections::conditions::ConditionState;
    use sinetti_projections::finality_clock::Means;
    use sinetti_projections::status::{ActGrade, TextErrorState};
    assert_named("condition-state", ConditionState::ALL.iter().map(|it| it.as_str()));
    assert_named("condition", as_written::<ConditionKind>(&["declaration", "reservation", "suspensive"]));
    assert_named("text-error", TextErrorState::ALL.iter().map(|it| it.as_str()));
    assert_named("act-grade", ActGrade::ALL.iter().map(|it| it.as_str()));
    assert_named("means", Means::ALL.iter().map(|it| it.as_str()));
}

#[test]
fn every_code_of_parties_forums_and_goals_has_its_words() {
    use sinetti_projections::acts::forum::ForumKind;
    use sinetti_projections::acts::goal_set::Better;
    use sinetti_projections::acts::party_registered::{MunicipalityType, PartyKind};
    use sinetti_projections::acts::party_succeeded::SuccessionKind;
    assert_named("kind", PartyKind::ALL.iter().map(|it| it.as_str()));
    assert_named("municipality", as_written::<MunicipalityType>(&["city", "municipality"]));
    assert_named("footnote", as_written::<SuccessionKind>(&["absorbed", "id_changed", "merged", "renamed", "split"]));
    assert_named("forum", as_written::<ForumKind>(&["joint", "management", "other", "political", "professional"]));
    assert_named("better", as_written::<Better>(&["higher", "lower"]));
    assert_named("duration", ["permanent", "temporary"]);
}

/// The codes, which must be all those that `T` is read from: a new one fails here until it is named.
fn as_written<T: serde::de::DeserializeOwned>(codes: &[&'static str]) -> Vec<&'static str> {
    let refusal = serde_json::from_str::<T>("\"no such code\"").err().map(|error| error.to_string());
    let refusal = refusal.unwrap_or_default();
    // serde lists every variant: "unknown variant `x`, expected one of `a`, `b`".
    let all: std::collections::BTreeSet<&str> = refusal.split('`').skip(3).step_by(2).collect();
    assert_eq!(all, codes.iter().copied().collect());
    codes.to_vec()
}
