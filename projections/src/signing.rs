//! Whether a party has signed: mandates, joint signatures, and what each signature is worth.

use std::collections::BTreeSet;

use sinetti_events::primitives::ids::PartyId;
use sinetti_events::primitives::time::Date;

use crate::acts::{Act, SigningMandateRecorded, TextSigned};
use crate::agreement::{Agreement, Entry};
use crate::annexes::{Place, place};
use crate::texts;

/// How far a party's signature of one text has come, as of a date.
#[derive(Debug, Clone)]
pub struct Signing<'a> {
    /// The signatures that are under the text, in legal order.
    pub signatures: Vec<(&'a Entry, &'a TextSigned)>,
    /// How many different roles of those required have signed.
    pub have: u64,
    /// How many must.
    pub needed: u64,
    /// When enough had signed, for the first time.
    pub complete_on: Option<Date>,
}

/// How far `party` has signed the text of group `text`, as of `on`.
///
/// Enough have signed once, at the date of some signature, the mandate then in effect (by legal
/// date) is met by the signatures so far; a later mandate doesn't undo that. Without a mandate
/// one signature is enough.
pub fn signing<'a>(agreement: &'a Agreement, party: &'a PartyId, text: u64, on: Date) -> Signing<'a> {
    signing_after(agreement, party, text, on, None)
}

/// The same by the signatures after the place `after` in legal order alone.
pub(crate) fn signing_after<'a>(
    agreement: &'a Agreement,
    party: &'a PartyId,
    text: u64,
    on: Date,
    after: Option<Place>,
) -> Signing<'a> {
    let mut signatures = signatures_under(agreement, party, text, on);
    signatures.retain(|(entry, _)| Some(place(entry)) > after);
    let complete_on = (1..=signatures.len()).find_map(|count| {
        let so_far = &signatures[..count];
        let date = so_far.last().and_then(|(entry, _)| entry.common.occurred_on)?;
        let mandate = mandate(agreement, party, text, date);
        (have(so_far, mandate) >= needed(mandate)).then_some(date)
    });
    let mandate = mandate(agreement, party, text, on);
    Signing { have: have(&signatures, mandate).min(needed(mandate)), needed: needed(mandate), signatures, complete_on }
}

/// The mandate of `party` for the text of group `text` in effect on `on`: the last one.
pub fn mandate<'a>(
    agreement: &'a Agreement,
    party: &'a PartyId,
    text: u64,
    on: Date,
) -> Option<&'a SigningMandateRecorded> {
    agreement.acts_of(party, on).into_iter().rev().find_map(|entry| match &entry.act {
        Act::SigningMandateRecorded(mandate) => {
            let fits = mandate.text.is_none_or(|digest| texts::group_of_digest(agreement, &digest) == Some(text));
            fits.then_some(mandate)
        }
        _ => None,
    })
}

/// All signatures of `party` on or before `on`, of whatever text, in legal order.
pub fn signatures_of<'a>(agreement: &'a Agreement, party: &'a PartyId, on: Date) -> Vec<(&'a Entry, &'a TextSigned)> {
    let signature = |entry: &'a Entry| match &entry.act {
        Act::TextSigned(signed) => Some((entry, signed.as_ref())),
        _ => None,
    };
    agreement.acts_of(party, on).into_iter().filter_map(signature).collect()
}

/// The record by which the signature at `version` counts no more, on or before `on`.
pub fn invalidation(agreement: &Agreement, version: u64, on: Date) -> Option<&Entry> {
    let mut about = agreement.about(version).filter(|entry| entry.happened_by(on));
    about.find(|entry| matches!(&entry.act, Act::SignatureInvalidated(_)))
}

/// Those that stand as of `on` under the text of group `text` itself, or under a version of it with minor technical
/// changes where the mandate allows that.
fn signatures_under<'a>(
    agreement: &'a Agreement,
    party: &'a PartyId,
    text: u64,
    on: Date,
) -> Vec<(&'a Entry, &'a TextSigned)> {
    let mut signatures = signatures_of(agreement, party, on);
    signatures.retain(|(entry, _)| invalidation(agreement, entry.version, on).is_none());
    signatures.retain(|(entry, signed)| {
        let itself = texts::group_of_digest(agreement, &signed.text) == Some(text);
        let changed = texts::base_of(agreement, &signed.text) == Some(text);
        let signed_on = entry.common.occurred_on.unwrap_or(on);
        itself || changed && mandate(agreement, party, text, signed_on).is_some_and(|it| it.minor_technical_changes)
    });
    signatures
}

/// How many different roles have signed; of the mandate's, where there is one.
fn have(signatures: &[(&Entry, &TextSigned)], mandate: Option<&SigningMandateRecorded>) -> u64 {
    let roles = signatures.iter().map(|(_, signed)| signed.counted_role());
    let listed = roles.filter(|role| mandate.is_none_or(|mandate| mandate.roles.contains(role)));
    listed.collect::<BTreeSet<_>>().len() as u64
}

fn needed(mandate: Option<&SigningMandateRecorded>) -> u64 {
    mandate.map_or(1, SigningMandateRecorded::needed)
}
