//! The five successions, on municipalities to which they happened.
//!
//! Names and business ids are from `municipal_successions.csv`, beside this file, whose last column says where each
//! row is from. It gives no dates: those used here are the days of the mergers as they are generally known. The
//! agreement is invented, and so are the split and the new business id, of which the rows hold no instance.

use serde_json::{Value, json};

use crate::given::{World, approval, opening, signature, text_a, with};
use crate::status::NoteCode;

const ROWS: &str = include_str!("municipal_successions.csv");

/// Business id and name of those that ended in the party with the business id `successor`.
fn predecessors(successor: &str) -> Vec<(&'static str, &'static str)> {
    let rows = ROWS.lines().skip(1).map(|row| row.split(',').collect::<Vec<_>>());
    rows.filter(|row| row[2] == successor).map(|row| (row[0], row[1])).collect()
}

/// A slug for a business id.
fn id(business_id: &str) -> String {
    format!("y-{business_id}")
}

fn register(world: &mut World, party: &str, business_id: Option<&str>, name: &str, successor_of: &[&str]) {
    let mut data = json!({"id": party, "kind": "municipality", "names": {"fi": name}, "occurred_on": "2000-01-01"});
    if let Some(business_id) = business_id {
        data["business_id"] = json!(business_id);
    }
    if !successor_of.is_empty() {
        data["successor_of"] = json!(successor_of);
    }
    world.given("registrar", "party_registered", data);
}

/// An agreement of 2004 of a county and these municipalities, with its text; nobody has done anything.
fn agreement_of(parties: &[(String, Option<&str>, &str)]) -> World {
    let mut world = World::founded("2004-06-01");
    register(&mut world, "county", None, "Maakunta", &[]);
    for (party, business_id, name) in parties {
        register(&mut world, party, *business_id, name, &[]);
    }
    let all = std::iter::once("county").chain(parties.iter().map(|(party, ..)| party.as_str())).enumerate();
    let roster: Vec<Value> = all.map(|(at, party)| json!({"number": at + 1, "party": party})).collect();
    let changes = json!({"occurred_on": "2004-06-01", "roster": roster});
    let data = with(opening(2, json!({"kind": "all_approved_and_signed"})), changes);
    world.given("registrar", "agreement_opened", data);
    world.deposit(&text_a(), "2004-06-01");
    world
}

fn of(successor: &str) -> Vec<(String, Option<&'static str>, &'static str)> {
    predecessors(successor).into_iter().map(|(number, name)| (id(number), Some(number), name)).collect()
}

fn completes(world: &mut World, party: &str, date: &str) {
    world.given(party, "decision_recorded", approval(date));
    world.given(party, "text_signed", signature("johtaja", date));
}

fn succession(kind: &str, predecessors: &[String], successors: &[&str], date: &str) -> Value {
    json!({"kind": kind, "occurred_on": date, "predecessors": predecessors, "successors": successors})
}

fn confirmed(predecessor: &str, seat: &str, date: &str) -> Value {
    json!({"occurred_on": date, "predecessor": predecessor, "seat": seat})
}

#[test]
fn absorbed_nine_municipalities_end_in_salo_and_none_of_their_missing_acts_comes_to_exist() {
    let salo = "0139533-1";
    let ended = of(salo);
    assert_eq!(ended.len(), 9);
    let mut parties = ended.clone();
    parties.push(("salo".to_owned(), Some(salo), "Salon kaupunki"));
    let mut world = agreement_of(&parties);
    world.on_day("2008-12-01");
    completes(&mut world, "county", "2008-05-08");
    completes(&mut world, "salo", "2008-05-08");
    let ids: Vec<String> = ended.iter().map(|(party, ..)| party.clone()).collect();
    for party in &ids[..4] {
        completes(&mut world, party, "2008-06-01");
    }
    world.on_day("2009-02-01").given(
        "registrar",
        "party_succeeded",
        succession("absorbed", &ids, &["salo"], "2009-01-01"),
    );
    let now = world.now();
    assert_eq!((now.parties_total, now.parties_current, now.approved, now.missing.len()), (11, 2, 6, 5));
    assert!(!now.in_force && now.missing.iter().all(|it| it.successors.iter().any(|party| party.as_str() == "salo")));
    assert_eq!(world.row("salo").footnotes[0].acts.len(), 8);
    // The roster shrinks seat by seat, each time by a record of Salo's own that says so.
    for (at, party) in ids.iter().enumerate() {
        world.given("salo", "party_confirmed_by_successor", confirmed(party, "merged", "2009-01-15"));
        assert_eq!(world.now().parties_total, 10 - at as u64);
    }
    let now = world.now();
    assert_eq!((now.merged_seats.len(), now.parties_current, now.in_force), (9, 2, true));
    assert_eq!(now.in_force_since.unwrap().to_string(), "2009-01-15");
    assert!(!world.status("2009-01-14").in_force);
}

#[test]
fn merged_the_new_loimaa_bears_the_old_ones_name_and_speaks_with_keys_of_its_own() {
    let parties: Vec<_> = of("1927453-8").into_iter().filter(|(_, _, name)| name.starts_with("Loimaan")).collect();
    let (kunta, kaupunki) = (parties[0].0.clone(), parties[1].0.clone());
    assert_eq!((parties[0].2, parties[1].2), ("Loimaan kunta", "Loimaan kaupunki"));
    let mut world = agreement_of(&parties);
    world.on_day("2004-12-01");
    completes(&mut world, "county", "2004-10-01");
    completes(&mut world, &kaupunki, "2004-10-01");
    world.on_day("2005-02-01");
    register(&mut world, "loimaa", Some("1927453-8"), "Loimaan kaupunki", &[&kaupunki, &kunta]);
    let both = [kunta.clone(), kaupunki.clone()];
    world.given("registrar", "party_succeeded", succession("merged", &both, &["loimaa"], "2005-01-01"));
    // Same name, another legal person: the old one says nothing more, the new one has no seat yet.
    let anew = with(approval("2005-01-20"), json!({"section": "5"}));
    assert_eq!(world.slug(&kaupunki, "decision_recorded", anew.clone()), "party-ended");
    assert_eq!(world.slug("loimaa", "decision_recorded", anew.clone()), "actor-not-on-roster");
    assert_eq!((world.now().parties_total, world.now().approved, world.now().in_force), (3, 2, false));
    world.given("loimaa", "party_confirmed_by_successor", confirmed(&kunta, "taken", "2005-01-10"));
    world.given("loimaa", "decision_recorded", anew);
    world.given("loimaa", "text_signed", signature("johtaja", "2005-01-20"));
    let now = world.now();
    assert_eq!((now.parties_total, now.approved, now.signed, now.parties_current), (3, 3, 3, 2));
    assert_eq!(now.in_force_since.unwrap().to_string(), "2005-01-20");
    assert!(world.row(&kunta).has(NoteCode::SeatTaken) && !world.row(&kaupunki).has(NoteCode::SeatTaken));
    world.given("loimaa", "party_confirmed_by_successor", confirmed(&kaupunki, "merged", "2005-01-25"));
    let now = world.now();
    assert_eq!((now.parties_total, now.in_force_since.unwrap().to_string().as_str()), (2, "2005-01-20"));
}

#[test]
fn renamed_and_absorbed_kangasala_goes_on_through_all_of_it() {
    let all = of("1923299-5");
    let named = |name: &str| all.iter().find(|(_, _, other)| other.to_lowercase() == name).unwrap().clone();
    let (old, sahalahti, kuhmalahti) =
        (named("kangasalan kunta"), named("sahalahden kunta"), named("kuhmalahden kunta"));
    let mut world = agreement_of(&[old.clone(), sahalahti.clone(), kuhmalahti.clone()]);
    world.on_day("2005-01-02");
    register(&mut world, "kangasala", Some("1923299-5"), "Kangasalan kunta", &[&old.0, &sahalahti.0]);
    let merged = succession("merged", &[old.0.clone(), sahalahti.0.clone()], &["kangasala"], "2005-01-01");
    world.given("registrar", "party_succeeded", merged);
    world.given("kangasala", "party_confirmed_by_successor", confirmed(&old.0, "taken", "2005-01-02"));
    world.given("kangasala", "party_confirmed_by_successor", confirmed(&sahalahti.0, "merged", "2005-01-02"));
    let absorbed = succession("absorbed", std::slice::from_ref(&kuhmalahti.0), &["kangasala"], "2011-01-01");
    world.on_day("2011-01-02").given("registrar", "party_succeeded", absorbed);
    world.given("kangasala", "party_confirmed_by_successor", confirmed(&kuhmalahti.0, "merged", "2011-01-02"));
    let renamed = succession("renamed", &["kangasala".to_owned()], &["kangasala"], "2018-01-01");
    let names = json!({"names": {"fi": "Kangasalan kaupunki"}});
    world.on_day("2018-02-01").given("registrar", "party_succeeded", with(renamed, names));
    // A new name is no new party: nothing is to be confirmed, and its keys and acts go on.
    let own = confirmed("kangasala", "taken", "2018-02-01");
    assert_eq!(world.slug("kangasala", "party_confirmed_by_successor", own), "not-a-successor");
    completes(&mut world, "county", "2018-02-01");
    completes(&mut world, "kangasala", "2018-02-01");
    let now = world.now();
    assert_eq!((now.parties_total, now.parties_current, now.approved, now.in_force), (2, 2, 2, true));
    assert_eq!(now.merged_seats.iter().map(|it| it.number).collect::<Vec<_>>(), [3, 4]);
    assert_eq!(
        [("2004-12-31", 4), ("2005-01-02", 3), ("2011-01-02", 2)].map(|(on, _)| world.status(on).parties_total),
        [4, 3, 2]
    );
}

#[test]
fn absorbed_lieto_stands_by_what_tarvasjoki_did() {
    let (_, name) = predecessors("")[0];
    assert!(name.starts_with("Tarvasjoen kunta"));
    let mut world = agreement_of(&[
        ("lieto".to_owned(), None, "Liedon kunta"),
        ("tarvasjoki".to_owned(), None, "Tarvasjoen kunta"),
    ]);
    world.on_day("2014-12-01");
    for party in ["county", "lieto", "tarvasjoki"] {
        completes(&mut world, party, "2014-11-01");
    }
    assert!(world.now().in_force);
    let ended = succession("absorbed", &["tarvasjoki".to_owned()], &["lieto"], "2015-01-01");
    world.on_day("2015-02-01").given("registrar", "party_succeeded", ended);
    // What was approved and signed stays so; in force it stays, whoever sits there.
    assert!(world.now().in_force && world.now().parties_total == 3 && world.now().bound == 3);
    let acts = world.row("tarvasjoki").acts;
    let stands = json!({"acts": acts, "occurred_on": "2015-01-20", "predecessor": "tarvasjoki", "seat": "merged"});
    let version = world.given("lieto", "party_confirmed_by_successor", stands);
    let now = world.now();
    assert_eq!((now.parties_total, now.bound, now.in_force_since.unwrap().to_string().as_str()), (2, 2, "2014-11-01"));
    assert_eq!(now.merged_seats[0].version, version);
    assert!(!now.contested);
}

#[test]
fn split_and_id_changed_a_part_accedes_and_a_number_changes_nothing() {
    // Invented: no row is a split, or a party that went on under another business id.
    let mantta = of("0157867-2")[0].clone();
    assert_eq!(mantta.2, "Mäntän kaupunki");
    let mut world = agreement_of(std::slice::from_ref(&mantta));
    world.on_day("2008-01-01");
    completes(&mut world, "county", "2007-11-01");
    completes(&mut world, &mantta.0, "2007-11-01");
    register(&mut world, "mantta-north", None, "Mäntän pohjoinen kunta", &[&mantta.0]);
    let split = succession("split", std::slice::from_ref(&mantta.0), &[&mantta.0, "mantta-north"], "2008-01-01");
    world.given("registrar", "party_succeeded", split);
    assert_eq!((world.now().parties_total, world.now().in_force, world.now().bound), (2, true, 2));
    let taken = confirmed(&mantta.0, "taken", "2008-01-01");
    assert_eq!(world.slug("mantta-north", "party_confirmed_by_successor", taken), "seat-succession");
    let seat = json!({"number": 3, "party": "mantta-north"});
    let accession = json!({"basis": "jakosopimus", "occurred_on": "2008-01-01", "seat": seat});
    world.given("registrar", "party_acceded", accession);
    assert_eq!((world.now().parties_total, world.now().in_force, world.now().bound), (3, true, 2));
    let changed = succession("id_changed", std::slice::from_ref(&mantta.0), &[&mantta.0], "2008-01-01");
    let before = world.now();
    world.given("registrar", "party_succeeded", with(changed, json!({"business_id": "0211675-2"})));
    let now = world.now();
    assert_eq!((now.parties_total, now.bound, now.missing), (before.parties_total, before.bound, before.missing));
}
