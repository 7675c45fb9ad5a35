//! The interface areas of an agreement (yhdyspinnat): those of its opening, and those defined since.

use sinetti_events::primitives::time::Date;

use crate::acts::Act;
use crate::acts::agreement_opened::InterfaceArea;
use crate::acts::slug::Slug;
use crate::agreement::{Agreement, Entry};
use crate::case::Case;
use crate::refusal::Refusal;

/// Every area with the record that has it, in the order of the log: the opening's first.
pub fn areas(agreement: &Agreement) -> Vec<(&Entry, &InterfaceArea)> {
    let opened = agreement.entries.get(&1).zip(agreement.opening());
    let of_opening = opened.into_iter().flat_map(|(entry, act)| act.interface_areas.iter().map(move |it| (entry, it)));
    let defined = agreement.of_kind("area_defined").filter_map(|entry| match &entry.act {
        Act::AreaDefined(act) => Some((entry, &act.area)),
        _ => None,
    });
    of_opening.chain(defined).collect()
}

/// Those that there are as of `on`. The opening's are there whenever somebody asks: the ledger
/// may open an agreement long after its parties had made it.
pub fn areas_on(agreement: &Agreement, on: Date) -> Vec<(&Entry, &InterfaceArea)> {
    let mut areas = areas(agreement);
    areas.retain(|(entry, _)| entry.version == 1 || entry.happened_by(on));
    areas
}

/// The area that an act names.
pub(crate) fn named<'a>(case: &Case<'a>, area: &Slug, member: &str) -> Result<&'a InterfaceArea, Refusal> {
    let areas = areas(case.agreement);
    let Some((entry, found)) = areas.iter().find(|(_, known)| known.id == *area) else {
        let known: Vec<&str> = areas.iter().map(|(_, known)| known.id.as_str()).collect();
        let accepted = if known.is_empty() {
            "this agreement has none; the registrar defines one with area_defined".to_owned()
        } else {
            format!("one of: {}", known.join(", "))
        };
        return Err(Refusal::new(
            "area-unknown",
            member,
            format!("this agreement has no interface area {area}"),
            accepted,
        ));
    };
    if entry.version > 1 {
        case.check_after(entry)?;
    }
    Ok(found)
}
