//! What is signed, by whom, and whether it is what was approved.

use serde_json::json;

use crate::given::{World, approval, signature, text_a, text_b, with};
use crate::status::NoteCode;

fn variant(world: &mut World) -> u64 {
    let data = json!({"digest": text_b(), "language": "fi", "role": "approval", "technical_changes_of": text_a(),
        "titles": {"fi": "Puitesopimus, oikoluettu"}, "occurred_on": "2023-05-01"});
    world.given("registrar", "text_deposited", data)
}

fn mandate(required: serde_json::Value) -> serde_json::Value {
    json!({"minor_technical_changes": false, "occurred_on": "2023-05-08", "required": required,
        "roles": ["hallituksen puheenjohtaja", "kunnanjohtaja"]})
}

#[test]
fn case_05_signing_another_text_than_was_approved_is_refused_with_both_digests() {
    let mut world = World::of_parties(2);
    world.on_day("2023-06-01").approve("p1", "2023-05-08");
    world.deposit(&text_b(), "2023-05-20");
    let refusal =
        world.refused("p1", "text_signed", with(signature("kunnanjohtaja", "2023-06-01"), json!({"text": text_b()})));
    assert_eq!(refusal.slug, "signed-text-not-approved");
    assert!(refusal.reason.contains(&text_a()) && refusal.reason.contains(&text_b()), "{refusal}");
    // The approved one it may sign, though by now another text is up for approval.
    world.given("p1", "text_signed", signature("kunnanjohtaja", "2023-06-01"));
    assert!(world.row("p1").has(NoteCode::SignedOtherText));
}

#[test]
fn case_05_a_mandate_for_minor_technical_changes_lets_the_changed_text_be_signed() {
    let mut world = World::of_parties(2);
    world.on_day("2023-06-01").approve("p1", "2023-05-08");
    variant(&mut world);
    let changed = with(signature("kunnanjohtaja", "2023-06-01"), json!({"text": text_b()}));
    assert_eq!(world.slug("p1", "text_signed", changed.clone()), "signed-text-not-approved");
    assert_eq!(world.slug("p2", "text_signed", changed.clone()), "technical-changes-not-allowed");
    let allowing = with(mandate(json!({"kind": "any"})), json!({"minor_technical_changes": true}));
    world.given("p1", "signing_mandate_recorded", allowing);
    world.given("p1", "text_signed", changed);
    let row = world.row("p1");
    assert!(row.signed && row.has(NoteCode::SignedTechnicalVariant));
    assert_eq!(row.signature.unwrap().roles[0].text.to_string(), text_b());
}

#[test]
fn case_06_half_of_a_joint_signature_does_not_count() {
    let mut world = World::of_parties(2);
    world.on_day("2023-06-02").approve("p1", "2023-05-08");
    world.given("p1", "signing_mandate_recorded", mandate(json!({"kind": "all"})));
    world.sign("p1", "2023-06-01");
    let row = world.row("p1");
    assert_eq!((row.signatures.as_str(), row.signed, world.counts().1), ("1/2", false, 0));
    assert!(row.has(NoteCode::PartlySigned) && !row.signature.unwrap().complete);
    assert_eq!(world.now().missing[0].signatures, "1/2");
    // The same role twice is no second role.
    assert_eq!(
        world.slug("p1", "text_signed", signature("hallituksen puheenjohtaja", "2023-06-02")),
        "role-signed-already"
    );
    assert_eq!(world.slug("p1", "text_signed", signature("sihteeri", "2023-06-02")), "role-not-in-mandate");
    // A substitute signs on behalf of the role.
    let substitute = with(signature("hallintojohtaja", "2023-06-02"), json!({"on_behalf_of_role": "kunnanjohtaja"}));
    let itself = with(substitute.clone(), json!({"role": "kunnanjohtaja"}));
    assert_eq!(world.slug("p1", "text_signed", itself), "signing-role");
    world.given("p1", "text_signed", substitute);
    let row = world.row("p1");
    assert_eq!(
        (row.signatures.as_str(), row.signed, row.signed_on.unwrap().to_string().as_str()),
        ("2/2", true, "2023-06-02")
    );
}

#[test]
fn k_of_n_counts_different_roles() {
    let mut world = World::of_parties(2);
    world.on_day("2023-06-02");
    let two = with(mandate(json!({"k": 2, "kind": "k_of_n"})), json!({"roles": ["a", "b", "c"]}));
    world.given("p1", "signing_mandate_recorded", two.clone());
    for (role, progress) in [("c", "1/2"), ("a", "2/2"), ("b", "2/2")] {
        world.given("p1", "text_signed", signature(role, "2023-06-01"));
        assert_eq!(world.row("p1").signatures, progress);
    }
    for k in [0, 4] {
        let bad = with(two.clone(), json!({"required": {"k": k, "kind": "k_of_n"}}));
        assert_eq!(world.slug("p1", "signing_mandate_recorded", bad), "mandate-count");
    }
}

#[test]
fn a_mandate_given_after_a_complete_signature_does_not_undo_it() {
    let mut world = World::of_parties(2);
    world.on_day("2023-06-02").sign("p1", "2023-05-02");
    assert!(world.row("p1").signed);
    world.given("p1", "signing_mandate_recorded", mandate(json!({"kind": "all"})));
    assert!(world.row("p1").signed);
}

#[test]
fn a_mandate_recorded_late_but_given_before_the_signature_governs_it() {
    let mut world = World::of_parties(2);
    world.on_day("2023-06-02").sign("p1", "2023-06-01");
    assert!(world.row("p1").signed);
    world.given("p1", "signing_mandate_recorded", mandate(json!({"kind": "all"})));
    assert_eq!((world.row("p1").signed, world.row("p1").signatures.as_str()), (false, "1/2"));
}

#[test]
fn a_signature_by_a_role_that_the_mandate_does_not_name_is_none() {
    let mut world = World::of_parties(2);
    world.on_day("2023-06-02").given("p1", "text_signed", signature("hallintojohtaja", "2023-06-01"));
    assert_eq!(world.row("p1").signatures, "1/1");
    world.given("p1", "signing_mandate_recorded", mandate(json!({"kind": "any"})));
    assert_eq!((world.row("p1").signed, world.row("p1").signatures.as_str()), (false, "0/1"));
}

#[test]
fn case_17_an_outsider_can_neither_sign_nor_decide() {
    let mut world = World::of_parties(2);
    world.on_day("2023-06-01").register("outsider");
    for (kind, data) in [("text_signed", signature("a", "2023-06-01")), ("decision_recorded", approval("2023-05-08"))] {
        let refusal = world.refused("outsider", kind, data);
        assert_eq!((refusal.slug, refusal.member.as_str()), ("actor-not-on-roster", "actor"));
    }
}

#[test]
fn case_17_an_outside_party_acts_about_its_annex_and_nothing_else() {
    let mut world = World::with_areas(3);
    world.on_day("2023-10-01").register("outsider");
    let form = json!({"county": null, "form": "agreement", "outside_parties": true});
    let annex = world.annex_with("annex", form.clone());
    let other = world.annex_with("other", form);
    world.given("outsider", "outside_party_joined", json!({"annex": annex, "occurred_on": "2023-06-01"}));
    let of = |name: &str| json!({"subject": {"digest": crate::given::digest(name)}});
    let mandate = json!({"minor_technical_changes": false, "occurred_on": "2023-06-02", "required": {"kind": "any"}, "roles": ["a"]});
    for (kind, data) in [
        ("text_signed", signature("a", "2023-06-02")),
        ("decision_recorded", approval("2023-06-02")),
        ("decision_recorded", with(approval("2023-06-02"), json!({"effect": "note", "subject": null}))),
        ("decision_recorded", with(approval("2023-06-02"), of("other"))),
        ("signing_mandate_recorded", mandate.clone()),
        ("annex_committed", json!({"annex": other, "occurred_on": "2023-06-02"})),
        ("withdrawal_notified", json!({"occurred_on": "2023-06-02", "takes_effect_on": "2023-07-01"})),
        ("provisional_application_declared", json!({"from": "2023-06-02", "occurred_on": "2023-06-02"})),
        ("dispute_recorded", json!({"matter": "validity", "occurred_on": "2023-06-02"})),
    ] {
        let refusal = world.refused("outsider", kind, data);
        assert_eq!((refusal.slug, refusal.member.as_str()), ("outside-party", "actor"), "{kind}");
    }
    // Of its annex it decides and signs, by a mandate for that text, and sets right what it said.
    let annex_text = crate::given::digest("annex");
    world.given("outsider", "signing_mandate_recorded", with(mandate, json!({"text": annex_text})));
    let unconfirmed = with(approval("2023-06-02"), json!({"minutes": "unconfirmed"}));
    let decision = world.given("outsider", "decision_recorded", with(unconfirmed, of("annex")));
    world.given("outsider", "minutes_confirmed", json!({"decision": decision, "occurred_on": "2023-06-09"}));
    let signed = with(signature("a", "2023-06-10"), json!({"text": annex_text}));
    let signed = world.given("outsider", "text_signed", signed);
    world.given("outsider", "record_retracted", json!({"occurred_on": "2023-10-01", "version": signed}));
    let foreign = json!({"occurred_on": "2023-10-01", "version": annex});
    assert_eq!(world.slug("outsider", "record_retracted", foreign), "record-of-another-party");
    assert_eq!((world.now().parties_total, world.counts()), (3, (0, 0, 3)));
}

#[test]
fn signing_before_finality_is_lawful_and_said() {
    let mut world = World::of_parties(2);
    world.on_day("2023-06-01");
    world.given("p1", "decision_recorded", with(approval("2023-05-08"), json!({"finality": "open"})));
    world.sign("p1", "2023-05-10");
    let row = world.row("p1");
    assert!(row.approved && row.signed && row.has(NoteCode::SignedNotFinal) && row.has(NoteCode::FinalityOpen));
    world.complete([2], "2023-05-10");
    assert!(!world.row("p2").has(NoteCode::SignedNotFinal));
}

#[test]
fn a_signature_without_approval_is_a_signature_and_no_approval() {
    let mut world = World::of_parties(2);
    world.on_day("2023-06-01").sign("p1", "2023-05-10");
    let row = world.row("p1");
    assert!(row.signed && !row.approved && row.has(NoteCode::SignedBeforeApproval));
    assert_eq!(world.counts(), (0, 1, 2));
}

#[test]
fn both_language_versions_are_one_text() {
    let mut world = World::of_parties(2);
    world.on_day("2023-06-01");
    let swedish = json!({"digest": text_b(), "language": "sv", "role": "approval", "same_text_as": 2,
        "titles": {"sv": "Ramavtal"}, "occurred_on": "2023-05-01"});
    world.given("registrar", "text_deposited", swedish);
    world.approve("p1", "2023-05-08");
    world.given("p1", "text_signed", with(signature("a", "2023-06-01"), json!({"text": text_b()})));
    world.given("p2", "decision_recorded", with(approval("2023-05-08"), json!({"subject": {"digest": text_b()}})));
    assert_eq!((world.now().approved, world.now().signed), (2, 1));
}

#[test]
fn a_text_that_nobody_deposited_or_that_is_a_draft_is_not_signed() {
    let mut world = World::of_parties(2);
    world.on_day("2023-06-01");
    let unknown = with(signature("a", "2023-06-01"), json!({"text": text_b()}));
    let refusal = world.refused("p1", "text_signed", unknown.clone());
    assert_eq!(refusal.slug, "text-unknown");
    assert!(refusal.accepted.contains(&text_a()));
    let draft = json!({"digest": text_b(), "language": "fi", "role": "draft", "titles": {"fi": "Luonnos"}, "occurred_on": "2023-02-14"});
    world.given("registrar", "text_deposited", draft);
    assert_eq!(world.slug("p1", "text_signed", unknown), "text-not-for-signing");
}
