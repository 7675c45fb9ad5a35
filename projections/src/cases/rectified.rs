//! Errors in texts, and the texts that take their place.

use serde_json::{Value, json};

use crate::given::{World, amendment, digest, text_a, text_error, with};

fn corrected(text: &str, proposal: u64, more: Value) -> Value {
    with(
        json!({"digest": digest(text), "language": "fi", "occurred_on": "2023-06-05", "rectifies": proposal,
            "role": "approval", "titles": {"fi": "Puitesopimus"}}),
        more,
    )
}

fn put_right(world: &mut World, text: &str, proposal: u64) -> u64 {
    let data = json!({"occurred_on": "2023-06-19", "proposal": proposal, "text": digest(text)});
    world.given("registrar", "text_error_rectified", data)
}

#[test]
fn an_objection_keeps_the_text_until_the_parties_agree() {
    let mut world = World::of_parties(2);
    world.on_day("2023-12-01").complete([1, 2], "2023-05-08");
    let proposal = world.given("p1", "text_error_proposed", text_error("2023-06-01", "2023-06-18"));
    world.given("registrar", "text_deposited", corrected("oikea", proposal, json!({})));
    world.given("p2", "text_error_objected", json!({"occurred_on": "2023-06-18", "proposal": proposal}));
    let data = json!({"occurred_on": "2023-06-19", "proposal": proposal, "text": digest("oikea")});
    assert_eq!(world.slug("registrar", "text_error_rectified", data), "objection-stands");
    // They agree, and the error is proposed anew.
    let again = world.given("p1", "text_error_proposed", text_error("2023-07-01", "2023-07-15"));
    let deposit = corrected("sovittu", again, json!({"occurred_on": "2023-07-02"}));
    world.given("registrar", "text_deposited", deposit);
    let data = json!({"occurred_on": "2023-07-16", "proposal": again, "text": digest("sovittu")});
    world.given("registrar", "text_error_rectified", data);
    let states: Vec<&str> = world.now().text_errors.iter().map(|it| it.state.as_str()).collect();
    assert_eq!(states, ["objected", "rectified"]);
    let now = world.now();
    assert!(now.in_force && !now.contested && now.approved == 2 && now.signed == 2);
    // What was known before the correction shows the texts apart.
    assert_eq!(world.known("2023-02-14").now().texts.len(), 1);
}

#[test]
fn taking_the_proposal_back_parts_the_texts_again() {
    let mut world = World::of_parties(2);
    let proposal =
        world.on_day("2023-12-01").given("registrar", "text_error_proposed", text_error("2023-06-01", "2023-06-18"));
    let deposit = world.given("registrar", "text_deposited", corrected("oikea", proposal, json!({})));
    let record = put_right(&mut world, "oikea", proposal);
    assert_eq!(world.now().texts[1].group, 2);
    let retraction = |version: u64| json!({"occurred_on": "2023-12-01", "version": version});
    // What others name stays: the text with the error, and the corrected one.
    assert_eq!(world.slug("registrar", "record_retracted", retraction(2)), "text-in-use");
    assert_eq!(world.slug("registrar", "record_retracted", retraction(deposit)), "text-in-use");
    world.given("registrar", "record_retracted", retraction(record));
    world.given("registrar", "record_retracted", retraction(proposal));
    let now = world.now();
    assert_eq!((now.texts[1].group, now.current_text, now.text_errors.len()), (deposit, Some(2), 0));
}

#[test]
fn an_amendments_text_is_put_right_too() {
    let mut world = World::of_parties(2);
    world.on_day("2023-12-01").deposit_amendment("muutos");
    let proposed = world.given("registrar", "amendment_proposed", amendment("muutos", "unanimous"));
    let error = with(text_error("2023-06-01", "2023-06-18"), json!({"text": digest("muutos")}));
    let error = world.given("p2", "text_error_proposed", error);
    world.given("registrar", "text_deposited", corrected("muutos, oikea", error, json!({"role": "amendment"})));
    put_right(&mut world, "muutos, oikea", error);
    let of = |text: &str| json!({"subject": {"digest": digest(text)}});
    for (party, date, text) in [("p1", "2023-06-10", "muutos"), ("p2", "2023-09-04", "muutos, oikea")] {
        world.given(party, "decision_recorded", with(crate::given::approval(date), of(text)));
    }
    let shown = world.now().amendments[0].clone();
    assert_eq!((shown.version, shown.approved), (proposed, 2));
}

#[test]
fn a_technical_variant_of_a_corrected_text_is_still_its_variant() {
    let mut world = World::of_parties(2);
    world.on_day("2023-12-01").approve("p1", "2023-05-08");
    let variant = json!({"digest": digest("oikoluettu"), "language": "fi", "occurred_on": "2023-05-20", "role": "approval",
        "technical_changes_of": text_a(), "titles": {"fi": "Puitesopimus"}});
    world.given("registrar", "text_deposited", variant);
    let mandate = json!({"minor_technical_changes": true, "occurred_on": "2023-05-08", "required": {"kind": "any"},
        "roles": ["kunnanjohtaja"]});
    world.given("p1", "signing_mandate_recorded", mandate);
    let proposal = world.given("registrar", "text_error_proposed", text_error("2023-06-01", "2023-06-18"));
    world.given("registrar", "text_deposited", corrected("oikea", proposal, json!({})));
    put_right(&mut world, "oikea", proposal);
    // The error stands in the variant as well.
    let error = with(text_error("2023-06-01", "2023-06-18"), json!({"text": digest("oikoluettu")}));
    let error = world.given("registrar", "text_error_proposed", error);
    world.given("registrar", "text_deposited", corrected("oikoluettu, oikea", error, json!({})));
    put_right(&mut world, "oikoluettu, oikea", error);
    let signed =
        with(crate::given::signature("kunnanjohtaja", "2023-09-01"), json!({"text": digest("oikoluettu, oikea")}));
    world.given("p1", "text_signed", signed);
    let row = world.row("p1");
    assert!(row.signed);
    assert_eq!(row.signature.unwrap().roles[0].differs_from.unwrap().to_string(), text_a());
}
