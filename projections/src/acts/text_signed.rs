//! `text_signed`: one role signs one text for its party.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sinetti_events::format::disclosure::Commitment;
use sinetti_events::primitives::hash::Digest;

use super::act_type::{ActType, Args, args};
use super::line::Line;
use super::subject::Subject;
use super::text_deposited::TextRole;
use super::types::{Actors, StreamKind, TypeInfo, with_common};
use crate::acts::Act;
use crate::agreement::Entry;
use crate::annexes;
use crate::approval;
use crate::case::Case;
use crate::refusal::Refusal;
use crate::seats;
use crate::signing;
use crate::texts;
use sinetti_events::primitives::ids::PartyId;

/// One signature. Officials who sign jointly each send their own. Never transcribed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TextSigned {
    /// With what kind of signature.
    pub grade: Grade,
    /// The role of the mandate for which the signer, a substitute, signs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on_behalf_of_role: Option<Line>,
    /// The signer's own role, such as `hallituksen puheenjohtaja`.
    pub role: Line,
    /// SHA-256 of the scan of the signed paper, in hex; for grade `paper`, and for no other.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scan: Option<Digest>,
    /// Name of the signer (personal data: a disclosure).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signatory: Option<Commitment>,
    /// SHA-256 of the text, in hex.
    pub text: Digest,
}

/// What kind of signature stands behind it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Grade {
    /// On paper; the party states it with its key.
    Paper,
    /// The party's key in this ledger alone.
    LedgerKey,
    /// Advanced electronic signature (eIDAS art. 26).
    Advanced,
    /// Qualified electronic signature (eIDAS art. 3(12)).
    Qualified,
}

impl TextSigned {
    /// The role that the signature counts for.
    pub fn counted_role(&self) -> &Line {
        self.on_behalf_of_role.as_ref().unwrap_or(&self.role)
    }
}

impl Grade {
    /// The name as it stands in events.
    pub fn as_str(self) -> &'static str {
        match self {
            Grade::Paper => "paper",
            Grade::LedgerKey => "ledger_key",
            Grade::Advanced => "advanced",
            Grade::Qualified => "qualified",
        }
    }
}

pub(super) static INFO: TypeInfo = TypeInfo {
    name: "text_signed",
    stream: StreamKind::Agreement,
    actors: Actors::Party,
    summary: "One role signs one text for its party.",
    args: &["digest", "grade", "role"],
    schema: with_common::<TextSigned>,
};

impl ActType for TextSigned {
    fn info(&self) -> &'static TypeInfo {
        &INFO
    }

    fn decide(&self, case: &Case<'_>) -> Result<(), Refusal> {
        decide(self, case)
    }

    fn say(&self) -> Args {
        args([
            ("digest", self.text.to_string()),
            ("grade", self.grade.as_str().to_owned()),
            ("role", self.counted_role().to_string()),
        ])
    }

    fn names(&self) -> Vec<Subject> {
        vec![Subject::Digest(self.text)]
    }

    fn fixed_members(&self) -> &'static [&'static str] {
        &["/grade", "/invented", "/on_behalf_of_role", "/role", "/scan", "/text"]
    }
}

fn decide(act: &TextSigned, case: &Case<'_>) -> Result<(), Refusal> {
    let version = case.held(&act.text, "data.text")?;
    case.check_not_rectified(&act.text, "data.text")?;
    let text = texts::base_of(case.agreement, &act.text).unwrap_or_else(|| texts::group(case.agreement, version));
    let role = texts::deposit_at(case.agreement, version).map(|text| text.role);
    check_put(text, role, case)?;
    check_scan(act)?;
    let Some(party) = case.party() else { return Ok(()) };
    if act.on_behalf_of_role.as_ref() == Some(&act.role) {
        let reason = "a role does not sign on behalf of itself";
        return Err(Refusal::new("signing-role", "data.on_behalf_of_role", reason, "leave it out"));
    }
    if role == Some(TextRole::Approval) {
        check_approved(act, party, text, case)?;
    }
    check_mandate(act, party, text, case)?;
    check_repeated(act, party, text, case)
}

/// What is signed was put to the parties: the agreement's own text, a proposed amendment, an annex that is an agreement.
fn check_put(text: u64, role: Option<TextRole>, case: &Case<'_>) -> Result<(), Refusal> {
    let refused = |reason: String, accepted: &str| {
        Err(Refusal::new("text-not-for-signing", "data.text", reason, accepted.to_owned()))
    };
    match role {
        Some(TextRole::Approval) => Ok(()),
        Some(TextRole::Amendment) => match texts::proposed(case.agreement, text) {
            Some((entry, _)) => case.check_after(entry),
            None => refused(
                format!("the text in record {text} is no proposed amendment"),
                "an amendment is signed once amendment_proposed has put it to the parties",
            ),
        },
        Some(TextRole::Annex) => annexes::check_signable(case, text),
        other => refused(
            format!("the text in record {text} has role {}", other.map_or("unknown", TextRole::as_str)),
            "a text is signed that was deposited with role approval, amendment or annex",
        ),
    }
}

/// A signature on paper is proven by its scan, kept by the party.
fn check_scan(act: &TextSigned) -> Result<(), Refusal> {
    match (act.grade, act.scan) {
        (Grade::Paper, None) => {
            let reason = "a signature on paper names the scan of the signed paper";
            Err(Refusal::new("signature-scan", "data.scan", reason, "give the SHA-256 of the scan"))
        }
        (Grade::Paper, Some(_)) | (_, None) => Ok(()),
        (grade, Some(_)) => {
            let reason = format!("a signature of grade {} is on no paper", grade.as_str());
            Err(Refusal::new("signature-scan", "data.scan", reason, "leave it out, or say grade paper"))
        }
    }
}

/// A party that has approved a text signs that text, not another.
fn check_approved(act: &TextSigned, party: &PartyId, text: u64, case: &Case<'_>) -> Result<(), Refusal> {
    let today = case.today();
    let groups =
        texts::deposits(case.agreement).filter(|(_, deposit)| deposit.opens_approval()).map(|(entry, _)| entry.version);
    let approved: Vec<u64> =
        groups.filter(|group| approval::approval(case.agreement, party, *group, today).is_some()).collect();
    let changed = texts::base_of(case.agreement, &act.text).is_some();
    if approved.is_empty() || (approved.contains(&text) && !changed) {
        return Ok(());
    }
    let allowed =
        signing::mandate(case.agreement, party, text, case.occurred_on()).is_some_and(|it| it.minor_technical_changes);
    if approved.contains(&text) && allowed {
        return Ok(());
    }
    let digests: Vec<String> = approved
        .iter()
        .flat_map(|group| texts::digests(case.agreement, *group))
        .map(|digest| digest.to_string())
        .collect();
    let way_out = "sign the approved text, or record a mandate with minor_technical_changes and have the changed text \
                   deposited with technical_changes_of";
    if digests.is_empty() {
        let reason = format!("{party} has approved the text of record {}, whose digest is not known", approved[0]);
        return Err(Refusal::new(
            "signed-text-not-approved",
            "data.text",
            reason,
            "confirm the approval with record_confirmed and the digest of the held text first",
        ));
    }
    let reason = format!("{party} has approved {}; this signs {}", digests.join(", "), act.text);
    Err(Refusal::new("signed-text-not-approved", "data.text", reason, way_out))
}

/// Where a mandate is recorded, its roles sign, and a changed text only if it says so.
fn check_mandate(act: &TextSigned, party: &PartyId, text: u64, case: &Case<'_>) -> Result<(), Refusal> {
    let mandate = signing::mandate(case.agreement, party, text, case.occurred_on());
    let changed = texts::base_of(case.agreement, &act.text).is_some();
    if changed && !mandate.is_some_and(|mandate| mandate.minor_technical_changes) {
        let reason = format!("no mandate of {party} allows it to sign a text with technical changes");
        return Err(Refusal::new(
            "technical-changes-not-allowed",
            "data.text",
            reason,
            "sign the text itself, or record a mandate with minor_technical_changes: true first",
        ));
    }
    let Some(mandate) = mandate else { return Ok(()) };
    if mandate.roles.contains(act.counted_role()) {
        return Ok(());
    }
    let roles: Vec<&str> = mandate.roles.iter().map(Line::as_str).collect();
    let reason = format!("{} is not among the roles of the mandate of {party}", act.counted_role());
    Err(Refusal::new(
        "role-not-in-mandate",
        "data.role",
        reason,
        format!("one of: {}; a substitute names the role in on_behalf_of_role", roles.join(", ")),
    ))
}

/// A role signs a text once, and again after its signature was invalidated.
fn check_repeated(act: &TextSigned, party: &PartyId, text: u64, case: &Case<'_>) -> Result<(), Refusal> {
    // Who has left an annex signs it anew to come back.
    let annex = annexes::of_text(case.agreement, text);
    let notice = annex.and_then(|annex| annex.last_notice(case.agreement, party, case.occurred_on()));
    // Who took another's seat, or came back to the agreement, signs anew for that seat.
    let anew = seats::anew(case.agreement, party, case.occurred_on());
    let stands = |entry: &&Entry| {
        Some(annexes::place(entry)) > notice
            && entry.common.occurred_on >= anew
            && signing::invalidation(case.agreement, entry.version, case.occurred_on()).is_none()
    };
    let signed = case.agreement.of_party(party).filter(stands).find(|entry| match &entry.act {
        Act::TextSigned(other) => {
            let group = texts::base_of(case.agreement, &other.text)
                .or_else(|| texts::group_of_digest(case.agreement, &other.text));
            other.counted_role() == act.counted_role() && group == Some(text)
        }
        _ => false,
    });
    match signed {
        Some(entry) => {
            let reason = format!("record {} is the signature of this role already", entry.version);
            Err(Refusal::new("role-signed-already", "data.role", reason, "another role signs, or nothing is missing"))
        }
        None => Ok(()),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use serde_json::{Value, json};

    use crate::given::{World, approval, digest, signature, text_a, with};
    use crate::signing;

    fn deposit(world: &mut World, role: &str, text: &str, more: Value) -> u64 {
        let data = json!({"digest": digest(text), "language": "fi", "occurred_on": "2023-06-01", "role": role,
            "titles": {"fi": text}});
        world.given("registrar", "text_deposited", with(data, more))
    }

    fn signed(text: &str, date: &str) -> Value {
        with(signature("kunnanjohtaja", date), json!({"text": digest(text)}))
    }

    /// The text of an amendment in version 3 and its proposal in version 4.
    fn amended() -> World {
        let mut world = World::of_parties(2);
        deposit(world.on_day("2023-12-01"), "amendment", "muutos", json!({}));
        let proposed = json!({"basis": "assumed", "occurred_on": "2023-06-15", "rule": {"kind": "unanimous"},
            "rule_source": "osapuolten käytäntö", "text": digest("muutos")});
        world.given("registrar", "amendment_proposed", proposed);
        world
    }

    fn count(world: &World, party: &str, text: u64) -> (u64, u64) {
        let party = party.parse().unwrap();
        let signing = signing::signing(&world.agreement, &party, text, "2023-12-01".parse().unwrap());
        (signing.have, signing.needed)
    }

    #[test]
    fn given_an_amendment_when_it_is_proposed_then_it_is_signed_as_the_agreement_itself() {
        let mut world = World::of_parties(2);
        deposit(world.on_day("2023-12-01"), "amendment", "muutos", json!({}));
        assert_eq!(world.slug("p1", "text_signed", signed("muutos", "2023-09-01")), "text-not-for-signing");
        let mut world = amended();
        assert_eq!(world.slug("p1", "text_signed", signed("muutos", "2023-06-14")), "date-before-cause");
        // Who has approved the agreement and not the amendment signs both: each is a text of its own.
        world.approve("p1", "2023-05-08");
        world.given("p1", "text_signed", signed("muutos", "2023-09-01"));
        world.given("p1", "text_signed", signed("a", "2023-09-01"));
        assert_eq!((count(&world, "p1", 3), count(&world, "p1", 2), count(&world, "p2", 3)), ((1, 1), (1, 1), (0, 1)));
        assert!(world.row("p1").notes.is_empty(), "{:?}", world.row("p1").notes);
        assert_eq!(world.slug("p1", "text_signed", signed("muutos", "2023-09-02")), "role-signed-already");
    }

    #[test]
    fn every_language_of_a_proposed_amendment_is_the_amendment() {
        let mut world = amended();
        let swedish = json!({"language": "sv", "same_text_as": 3, "titles": {"sv": "ändring"}});
        deposit(&mut world, "amendment", "ändring", swedish);
        world.given("p1", "text_signed", signed("ändring", "2023-09-01"));
        assert_eq!(count(&world, "p1", 3), (1, 1));
    }

    #[test]
    fn drafts_and_consolidated_texts_are_not_signed() {
        for role in ["draft", "consolidated", "annex"] {
            let mut world = World::of_parties(2);
            deposit(world.on_day("2023-12-01"), role, "muu", json!({}));
            assert_eq!(world.slug("p1", "text_signed", signed("muu", "2023-09-01")), "text-not-for-signing", "{role}");
        }
    }

    #[test]
    fn a_signature_on_paper_has_its_scan_and_no_other_has() {
        let mut world = World::of_parties(2);
        let paper = with(signature("a", "2023-02-14"), json!({"grade": "paper"}));
        let refusal = world.refused("p1", "text_signed", paper.clone());
        assert_eq!((refusal.slug, refusal.member.as_str()), ("signature-scan", "data.scan"));
        let scan = json!({"scan": digest("scan")});
        for grade in ["ledger_key", "advanced", "qualified"] {
            let electronic = with(with(paper.clone(), scan.clone()), json!({"grade": grade}));
            assert_eq!(world.slug("p1", "text_signed", electronic), "signature-scan", "{grade}");
        }
        world.given("p1", "text_signed", with(paper, scan));
        let role = world.row("p1").signature.unwrap().roles[0].clone();
        assert_eq!((role.grade.as_str(), role.scan.unwrap().to_string()), ("paper", digest("scan")));
    }

    #[test]
    fn the_difference_of_a_technical_variant_is_shown_by_both_digests() {
        let mut world = World::of_parties(2);
        world.on_day("2023-12-01").given("p1", "decision_recorded", approval("2023-05-08"));
        deposit(&mut world, "approval", "oikoluettu", json!({"technical_changes_of": text_a()}));
        let mandate = json!({"minor_technical_changes": true, "occurred_on": "2023-05-08", "required": {"kind": "any"},
            "roles": ["kunnanjohtaja"]});
        world.given("p1", "signing_mandate_recorded", mandate);
        world.given("p1", "text_signed", signed("oikoluettu", "2023-09-01"));
        let role = world.row("p1").signature.unwrap().roles[0].clone();
        assert_eq!((role.text.to_string(), role.differs_from.unwrap().to_string()), (digest("oikoluettu"), text_a()));
        world.sign("p2", "2023-09-01");
        assert_eq!(world.row("p2").signature.unwrap().roles[0].differs_from, None);
    }
}
