//! What each event type's own file says of it.

use std::collections::BTreeMap;

use super::organ::Organ;
use super::subject::Subject;
use super::types::TypeInfo;
use crate::case::Case;
use crate::refusal::Refusal;

/// An event type: implemented in the type's own file, and nowhere else.
pub(crate) trait ActType {
    /// What is known of the type before any event.
    fn info(&self) -> &'static TypeInfo;

    /// The rules of its own type.
    ///
    /// # Errors
    ///
    /// The first rule that it breaks.
    fn decide(&self, case: &Case<'_>) -> Result<(), Refusal>;

    /// What its line in the trail tells: the values of [`TypeInfo::args`].
    fn say(&self) -> Args;

    /// The records of the stream that it is about.
    fn refers_to(&self) -> Vec<u64> {
        Vec::new()
    }

    /// The texts that it names: they can't be retracted under it.
    fn names(&self) -> Vec<Subject> {
        Vec::new()
    }

    /// Members that no correction touches, because other records rest on them.
    fn fixed_members(&self) -> &'static [&'static str] {
        &["/party", "/invented"]
    }

    /// Whether it corrects, retracts or confirms another record: then it is never itself corrected.
    fn is_about_records(&self) -> bool {
        false
    }

    /// Whether only a party with a seat (or of an annex, about that annex) says it; else its own rules say who.
    fn needs_seat(&self) -> bool {
        true
    }
}

/// Arguments of a line in the trail, codes as they stand in events. All are always there, empty
/// where nothing is to be said, so that no message ever lacks one.
pub(crate) type Args = BTreeMap<&'static str, String>;

/// Arguments from name and value.
pub(crate) fn args<const N: usize>(args: [(&'static str, String); N]) -> Args {
    args.into_iter().collect()
}

/// An argument that may have nothing to say.
pub(crate) fn optional<T: ToString>(value: Option<&T>) -> String {
    value.map(ToString::to_string).unwrap_or_default()
}

/// Several values as one argument.
pub(crate) fn listed<T: ToString>(values: &[T]) -> String {
    values.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}

/// The arguments that name an organ.
pub(crate) fn organ(organ: &Organ) -> [(&'static str, String); 2] {
    [("organ", organ.name.to_string()), ("organ_kind", organ.kind.as_str().to_owned())]
}

/// The argument that names a text: its digest, or the version of its deposit.
pub(crate) fn subject(subject: Option<&Subject>) -> String {
    match subject {
        Some(Subject::Digest(digest)) => digest.to_string(),
        Some(Subject::Deposit(version)) => version.to_string(),
        None => String::new(),
    }
}
