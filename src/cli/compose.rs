//! From members to a payload that the type's rules of form accept.

use serde_json::Value;
use sinetti_events::format::payload::{EventType, Payload};
use sinetti_projections::acts::{Act, TYPES, TypeInfo};

use super::failure::Failure;
use super::schema::Node;
use super::{chance, fields};
use crate::author::{self, Draft, Heading};

/// What is known of an event type.
///
/// # Errors
///
/// No such type; all are named.
pub fn type_info(kind: &EventType) -> Result<&'static TypeInfo, Failure> {
    TypeInfo::named(kind.as_str()).ok_or_else(|| {
        let names: Vec<&str> = TYPES.iter().map(|info| info.name).collect();
        Failure::Usage(format!("{kind} is no event type; there are: {}", names.join(", ")))
    })
}

/// Writes the payload: personal values in clear become commitments with disclosures beside them.
///
/// # Errors
///
/// The members are not those of the type.
pub fn compose(heading: Heading, data: Value) -> Result<Draft, Failure> {
    let schema = (type_info(&heading.kind)?.schema)().to_value();
    let personal = fields::personal(&data, Node::root(&schema));
    let salts: Vec<[u8; 16]> = personal.iter().map(|_| chance::bytes()).collect::<Result<_, _>>()?;
    let mut salts = salts.into_iter();
    // One salt was drawn for each value.
    let draft =
        author::draft(heading, data, personal, || salts.next().unwrap_or_default()).map_err(Failure::refused)?;
    check(&draft.payload)?;
    Ok(draft)
}

/// Checks that `payload` is canonical and its members are those of its type.
///
/// # Errors
///
/// The first defect, with the member.
pub fn check(payload: &[u8]) -> Result<(Payload, Act), Failure> {
    let payload = Payload::parse(payload).map_err(Failure::refused)?;
    let (_, act) = Act::parse(&payload.kind, &payload.data).map_err(Failure::refused)?;
    Ok((payload, act))
}
