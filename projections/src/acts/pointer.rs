//! RFC 6901 pointers within an event's `data`, and changes made through them.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// An RFC 6901 pointer to a member within `data`, such as `/organ/name`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "String", into = "String")]
#[schemars(!try_from, !into)]
pub struct Pointer(#[schemars(regex(pattern = r"^(/([^/~]|~[01])+)+$"))] String);

/// One member was wrong: where, what stood there, what should have.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Change {
    /// The member, within `data` of the record that is corrected.
    pub field: Pointer,
    /// What should stand there; left out when nothing should.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub new: Option<Value>,
    /// What stands there now; left out when nothing does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub old: Option<Value>,
}

/// Not a pointer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a pointer to a member (RFC 6901); write as in /organ/name")]
pub struct BadPointer;

/// A change does not fit what stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BadChange {
    /// `old` is not what stands there.
    Old {
        /// What does.
        stands: Option<Value>,
    },
    /// `old` and `new` are equal.
    Nothing,
    /// There is no object or array to change there.
    Place,
}

impl Pointer {
    /// As written.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The first member on the way, unescaped.
    pub fn first(&self) -> String {
        self.parts().next().unwrap_or_default()
    }

    /// Whether both point to the same place, or one into the other.
    pub fn overlaps(&self, other: &Pointer) -> bool {
        self.parts().zip(other.parts()).all(|(mine, theirs)| mine == theirs)
    }

    fn parts(&self) -> impl Iterator<Item = String> {
        self.0.split('/').skip(1).map(|part| part.replace("~1", "/").replace("~0", "~"))
    }
}

impl Change {
    /// Makes the change in `data`.
    ///
    /// # Errors
    ///
    /// `old` is not what stands there, nothing would change, or there is no such place.
    pub fn apply(&self, data: &mut Value) -> Result<(), BadChange> {
        let stands = data.pointer(self.field.as_str()).cloned();
        if stands != self.old {
            return Err(BadChange::Old { stands });
        }
        if self.old == self.new {
            return Err(BadChange::Nothing);
        }
        let (holder, last) = self.field.0.rsplit_once('/').ok_or(BadChange::Place)?;
        let last = last.replace("~1", "/").replace("~0", "~");
        match data.pointer_mut(holder) {
            Some(Value::Object(members)) => {
                match &self.new {
                    Some(new) => members.insert(last, new.clone()),
                    None => members.remove(&last),
                };
                Ok(())
            }
            Some(Value::Array(items)) => change_item(items, &last, self.new.as_ref()),
            _ => Err(BadChange::Place),
        }
    }
}

/// Replaces or removes an item, or appends one when `last` is the place after the last.
fn change_item(items: &mut Vec<Value>, last: &str, new: Option<&Value>) -> Result<(), BadChange> {
    let at: usize = last.parse().map_err(|_| BadChange::Place)?;
    let length = items.len();
    match (items.get_mut(at), new) {
        (Some(item), Some(new)) => *item = new.clone(),
        (Some(_), None) => drop(items.remove(at)),
        (None, Some(new)) if at == length => items.push(new.clone()),
        (None, _) => return Err(BadChange::Place),
    }
    Ok(())
}

impl TryFrom<String> for Pointer {
    type Error = BadPointer;

    fn try_from(text: String) -> Result<Pointer, BadPointer> {
        let escaped = text.split('~').skip(1).all(|rest| rest.starts_with(['0', '1']));
        let parts = text.strip_prefix('/').is_some_and(|rest| rest.split('/').all(|part| !part.is_empty()));
        if escaped && parts { Ok(Pointer(text)) } else { Err(BadPointer) }
    }
}

impl From<Pointer> for String {
    fn from(pointer: Pointer) -> String {
        pointer.0
    }
}

impl fmt::Display for Pointer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use serde_json::json;

    fn change(field: &str, old: Option<Value>, new: Option<Value>) -> Change {
        Change { field: field.to_owned().try_into().unwrap(), old, new }
    }

    #[test]
    fn pointers_have_one_form() {
        for bad in ["", "/", "a", "/a/", "//a", "/a~2", "/a~"] {
            assert_eq!(Pointer::try_from(bad.to_owned()), Err(BadPointer), "{bad:?}");
        }
        assert!(Pointer::try_from("/conditions/0/text".to_owned()).is_ok());
    }

    #[test]
    fn members_are_replaced_added_and_taken_away() {
        let mut data = json!({"organ": {"name": "a"}, "list": [1, 2]});
        change("/organ/name", Some(json!("a")), Some(json!("b"))).apply(&mut data).unwrap();
        change("/section", None, Some(json!("43"))).apply(&mut data).unwrap();
        change("/list/0", Some(json!(1)), None).apply(&mut data).unwrap();
        change("/list/1", None, Some(json!(3))).apply(&mut data).unwrap();
        assert_eq!(data, json!({"organ": {"name": "b"}, "list": [2, 3], "section": "43"}));
    }

    #[test]
    fn a_change_that_does_not_fit_changes_nothing() {
        let mut data = json!({"a": 1});
        let before = data.clone();
        assert_eq!(
            change("/a", Some(json!(2)), Some(json!(3))).apply(&mut data),
            Err(BadChange::Old { stands: Some(json!(1)) })
        );
        assert_eq!(change("/a", Some(json!(1)), Some(json!(1))).apply(&mut data), Err(BadChange::Nothing));
        assert_eq!(change("/a/b", None, Some(json!(1))).apply(&mut data), Err(BadChange::Place));
        assert_eq!(change("/x/b", None, Some(json!(1))).apply(&mut data), Err(BadChange::Place));
        assert_eq!(data, before);
    }

    #[test]
    fn overlap_is_seen_both_ways() {
        let pointer = |text: &str| Pointer::try_from(text.to_owned()).unwrap();
        assert!(pointer("/organ").overlaps(&pointer("/organ/name")));
        assert!(pointer("/organ/name").overlaps(&pointer("/organ")));
        assert!(!pointer("/organ/name").overlaps(&pointer("/organ/kind")));
        assert!(!pointer("/organ").overlaps(&pointer("/organs")));
    }
}
