//! Which key speaks for whom, when; and what is meant for another place.

use ed25519_dalek::Signer as _;
use serde_json::json;
use sinetti_events::format::envelope::{EVENT_PAYLOAD_TYPE, Envelope, Signature, pae};
use sinetti_events::format::payload::Payload;
use sinetti_events::keys::public_key::KeyId;
use sinetti_events::keys::refusal::SignatureRefusal;
use sinetti_events::primitives::canonical::{self, Names, Problem};
use sinetti_events::primitives::text::BadText;

use crate::decide::decide;
use crate::event::Event;
use crate::given::{World, approval, key_id, signature, signing_key, with};
use crate::status::{ContestCode, NoteCode};

fn authenticate(world: &World, payload: &Payload, seed: u8) -> Result<Vec<KeyId>, SignatureRefusal> {
    let bytes = payload.to_bytes().unwrap();
    let sig = signing_key(seed).sign(&pae(EVENT_PAYLOAD_TYPE, &bytes)).to_bytes().to_vec();
    let envelope = Envelope::of_event(bytes, vec![Signature { keyid: key_id(seed), sig }]);
    world.registry.keyring.authenticate(payload, &envelope)
}

#[test]
fn case_19_a_retired_key_can_not_backdate() {
    let mut world = World::of_parties(2);
    world.on_day("2023-03-01").enrol("p1", 10);
    world.enrol("p1", 11);
    let payload = world.payload("p1", "pirkanmaa-puitesopimus-2023", "text_signed", &signature("a", "2023-05-01"));
    assert_eq!(authenticate(&world, &payload, 10), Ok(vec![key_id(10)]));
    world.on_day("2023-06-01").given("p1", "key_revoked", json!({"key": key_id(10), "party": "p1"}));
    // Keys are judged by ledger time, whatever date the act claims.
    assert!(matches!(authenticate(&world, &payload, 10), Err(SignatureRefusal::Revoked { .. })));
    assert_eq!(authenticate(&world, &payload, 11), Ok(vec![key_id(11)]));
}

#[test]
fn case_20_what_a_compromised_key_said_is_suspect_and_still_counted() {
    let mut world = World::of_parties(2);
    world.on_day("2023-05-01").enrol("p1", 10);
    world.on_day("2023-05-09").approve("p1", "2023-05-08");
    world.on_day("2023-05-12");
    let signed = world.sign("p1", "2023-05-11");
    assert!(!world.now().contested);
    let revoked = json!({"compromised_since": "2023-05-10T00:00:00.000Z", "key": key_id(10), "party": "p1"});
    world.on_day("2023-05-20").given("registrar", "key_revoked", revoked);
    let now = world.now();
    assert_eq!((now.approved, now.signed), (1, 1));
    assert!(now.contested);
    let suspects: Vec<u64> = now.contested_why.iter().filter_map(|it| it.version).collect();
    assert_eq!((suspects, now.contested_why[0].code), (vec![signed], ContestCode::SuspectKey));
    let row = world.row("p1");
    assert!(row.suspect && row.has(NoteCode::SuspectKey));
    let lines = crate::timeline::timeline(&world.agreement, &world.registry);
    let suspect: Vec<u64> = lines.iter().filter(|line| line.suspect).map(|line| line.version).collect();
    assert_eq!(suspect, [signed]);
    // As known before the revocation, nothing was contested.
    assert!(!world.known("2023-05-15").status("2023-05-15").contested);
}

#[test]
fn case_22_a_name_in_nfd_is_refused_with_the_nfc_form() {
    let data = json!({"names": {"fi": "Ma\u{308}ntta\u{308}"}});
    let defect = canonical::write(&data, Names::SnakeCase).unwrap_err();
    assert_eq!(defect.problem, Problem::Text(BadText::NotNfc { nfc: "Mänttä".to_owned() }));
}

#[test]
fn case_22_the_same_name_is_no_second_party() {
    let mut world = World::founded("2023-02-14");
    let data = json!({"id": "mantta-vilppula", "kind": "municipality", "names": {"fi": "Mänttä-Vilppulan kaupunki"},
        "codes": ["kunta:508"], "occurred_on": "2023-02-14"});
    world.given("registrar", "party_registered", data.clone());
    let second = with(data, json!({"id": "mantta", "codes": null, "names": {"fi": "mänttä-vilppulan Kaupunki"}}));
    let refusal = world.refused("registrar", "party_registered", second.clone());
    assert_eq!((refusal.slug, refusal.member.as_str()), ("party-name-known", "data.names.fi"));
    world.given("registrar", "party_registered", with(second, json!({"successor_of": ["mantta-vilppula"]})));
}

#[test]
fn case_23_what_was_signed_for_another_agreement_or_ledger_is_refused() {
    let world = World::of_parties(2);
    for (origin, agreement, slug) in [
        ("localhost/other", "pirkanmaa-puitesopimus-2023", "wrong-ledger"),
        ("localhost/sinetti", "varsinais-suomi-yhteistyosopimus-2023", "wrong-agreement"),
    ] {
        let elsewhere = World { origin: origin.to_owned(), ..world.clone() };
        let payload = elsewhere.payload("p1", agreement, "decision_recorded", &approval("2023-02-14"));
        let event = Event::proposed(payload, vec![], 9, 3, world.at).unwrap();
        assert_eq!(decide(&world.registry, &world.agreement, &event).unwrap_err().slug, slug);
    }
}

#[test]
fn an_act_is_recorded_in_the_kind_of_stream_that_its_type_belongs_to() {
    let world = World::of_parties(2);
    let party = json!({"id": "p3", "kind": "municipality", "names": {"fi": "P3"}, "occurred_on": "2023-02-14"});
    for (actor, agreement, kind, data, place) in [
        ("p1", "registry", "decision_recorded", approval("2023-02-14"), "the stream of its agreement"),
        ("registrar", "pirkanmaa-puitesopimus-2023", "party_registered", party, "the stream `registry`"),
    ] {
        let event = Event::proposed(world.payload(actor, agreement, kind, &data), vec![], 9, 3, world.at).unwrap();
        let refusal = decide(&world.registry, &world.agreement, &event).unwrap_err();
        assert_eq!((refusal.slug, refusal.accepted), ("wrong-stream", format!("send it to {place}")));
    }
}

#[test]
fn case_13_the_keys_of_a_party_that_ended_do_not_speak_for_its_namesake() {
    let mut world = World::founded("2023-02-14");
    let old = json!({"id": "loimaa", "kind": "municipality", "names": {"fi": "Loimaan kaupunki"}, "occurred_on": "2005-01-01"});
    world.given("registrar", "party_registered", old.clone());
    world.enrol("loimaa", 10);
    world.given("registrar", "party_registered", with(old, json!({"id": "loimaa-2005", "successor_of": ["loimaa"]})));
    let payload = world.payload("loimaa-2005", crate::given::AGREEMENT, "decision_recorded", &approval("2023-02-14"));
    assert!(matches!(authenticate(&world, &payload, 10), Err(SignatureRefusal::OtherParty { .. })));
}

#[test]
fn an_invented_act_is_shown_from_its_date_on() {
    let mut demo = World::founded_as("localhost/sinetti-demo", "2023-02-14");
    demo.register("p1");
    demo.register("p2");
    demo.given("registrar", "agreement_opened", crate::given::opening(2, json!({"kind": "all_approved_and_signed"})));
    demo.deposit(&crate::given::text_a(), "2023-02-14");
    assert!(!demo.now().invented && demo.now().demonstration);
    demo.on_day("2023-06-01").given("p1", "decision_recorded", with(approval("2023-05-08"), json!({"invented": true})));
    assert!(demo.status("2023-05-08").invented && !demo.status("2023-05-07").invented);
    assert!(demo.row("p1").invented && !demo.row("p2").invented);
}

#[test]
fn an_invented_act_is_refused_in_a_real_ledger() {
    let mut world = World::of_parties(2);
    world.on_day("2023-06-01");
    let invented = with(approval("2023-05-08"), json!({"invented": true}));
    assert_eq!(world.slug("p1", "decision_recorded", invented), "invented-in-real-ledger");
    let mut demo = World::founded_as("localhost/sinetti-demo", "2023-02-14");
    let party = json!({"id": "p1", "invented": true, "kind": "other", "names": {"fi": "Esimerkki"}, "occurred_on": "2023-02-14"});
    demo.given("registrar", "party_registered", party);
    assert!(demo.registry.demonstration && demo.registry.parties.values().all(|party| party.invented));
}
