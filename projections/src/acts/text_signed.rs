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
use crate::annexes;
use crate::approval;
use crate::case::Case;
use crate::refusal::Refusal;
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
        &["/grade", "/invented", "/on_behalf_of_role", "/role", "/text"]
    }
}

fn decide(act: &TextSigned, case: &Case<'_>) -> Result<(), Refusal> {
    let version = case.held(&act.text, "data.text")?;
    let text = texts::base_of(case.agreement, &act.text).unwrap_or_else(|| texts::group(case.agreement, version));
    let role = texts::deposit_at(case.agreement, version).map(|text| text.role);
    if role == Some(TextRole::Annex) {
        annexes::check_signable(case, text)?;
    } else if role != Some(TextRole::Approval) {
        let reason = format!("the text in record {version} has role {}", role.map_or("unknown", TextRole::as_str));
        return Err(Refusal::new("text-not-for-signing", "data.text", reason)
            .but("a text is signed that was deposited with role approval"));
    }
    let Some(party) = case.party() else { return Ok(()) };
    if act.on_behalf_of_role.as_ref() == Some(&act.role) {
        let reason = "a role does not sign on behalf of itself";
        return Err(Refusal::new("signing-role", "data.on_behalf_of_role", reason).but("leave it out"));
    }
    if role == Some(TextRole::Approval) {
        check_approved(act, party, text, case)?;
    }
    check_mandate(act, party, text, case)?;
    check_repeated(act, party, text, case)
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
        return Err(Refusal::new("signed-text-not-approved", "data.text", reason)
            .but("confirm the approval with record_confirmed and the digest of the held text first"));
    }
    let reason = format!("{party} has approved {}; this signs {}", digests.join(", "), act.text);
    Err(Refusal::new("signed-text-not-approved", "data.text", reason).but(way_out))
}

/// Where a mandate is recorded, its roles sign, and a changed text only if it says so.
fn check_mandate(act: &TextSigned, party: &PartyId, text: u64, case: &Case<'_>) -> Result<(), Refusal> {
    let mandate = signing::mandate(case.agreement, party, text, case.occurred_on());
    let changed = texts::base_of(case.agreement, &act.text).is_some();
    if changed && !mandate.is_some_and(|mandate| mandate.minor_technical_changes) {
        let reason = format!("no mandate of {party} allows it to sign a text with technical changes");
        return Err(Refusal::new("technical-changes-not-allowed", "data.text", reason)
            .but("sign the text itself, or record a mandate with minor_technical_changes: true first"));
    }
    let Some(mandate) = mandate else { return Ok(()) };
    if mandate.roles.contains(act.counted_role()) {
        return Ok(());
    }
    let roles: Vec<&str> = mandate.roles.iter().map(Line::as_str).collect();
    let reason = format!("{} is not among the roles of the mandate of {party}", act.counted_role());
    Err(Refusal::new("role-not-in-mandate", "data.role", reason)
        .but(format!("one of: {}; a substitute names the role in on_behalf_of_role", roles.join(", "))))
}

/// A role signs a text once.
fn check_repeated(act: &TextSigned, party: &PartyId, text: u64, case: &Case<'_>) -> Result<(), Refusal> {
    // Who has left an annex signs it anew to come back.
    let annex = annexes::of_text(case.agreement, text);
    let notice = annex.and_then(|annex| annex.last_notice(case.agreement, party, case.occurred_on()));
    let since = case.agreement.of_party(party).filter(|entry| Some(annexes::place(entry)) > notice);
    let signed = since.into_iter().find(|entry| match &entry.act {
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
            Err(Refusal::new("role-signed-already", "data.role", reason)
                .but("another role signs, or nothing is missing"))
        }
        None => Ok(()),
    }
}
