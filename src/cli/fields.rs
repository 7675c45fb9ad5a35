//! `--field name=value`: members of an event from the command line, typed by the type's schema.

use serde_json::{Map, Value};

use super::schema::{Node, NotAValue};
use crate::author::Personal;
use sinetti_events::format::disclosure::Disclosed;

/// Puts `field`, as `name=value` or `outer.inner=value`, into `data`. A list takes one element
/// each time it is named; a list of fixed words takes several at once, separated by commas.
///
/// # Errors
///
/// No such member, or another kind of value.
pub fn set(data: &mut Value, schema: Node<'_>, field: &str) -> Result<(), NotAValue> {
    let (path, text) = field.split_once('=').ok_or_else(|| NotAValue::Kind {
        name: field.to_owned(),
        expected: "given as name=value".to_owned(),
        given: String::new(),
    })?;
    let (mut node, mut place) = (schema, data);
    for name in path.split('.') {
        node = node.member(name).ok_or_else(|| unknown(path, node))?;
        if !place.is_object() {
            *place = Value::Object(Map::new());
        }
        place = &mut place[name];
    }
    let value = match node.items() {
        Some(items) if !text.starts_with('[') => {
            let mut list = place.as_array().cloned().unwrap_or_default();
            for word in elements(items, text) {
                list.push(items.read(path, word)?);
            }
            Value::Array(list)
        }
        _ => node.read(path, text)?,
    };
    *place = value;
    Ok(())
}

/// The personal values that stand in `data` in clear: they must leave it as commitments.
pub fn personal(data: &Value, schema: Node<'_>) -> Vec<Personal> {
    let mut found = Vec::new();
    collect(data, schema, String::new(), &mut found);
    found
}

/// Required members that `data` lacks, as dotted paths, outermost first.
pub fn missing(data: &Value, schema: Node<'_>) -> Vec<String> {
    let mut paths = Vec::new();
    for name in schema.required() {
        match (data.get(name), schema.member(name)) {
            (None, _) => paths.push(name.to_owned()),
            (Some(inner), Some(node)) if inner.is_object() && !node.is_personal() => {
                paths.extend(missing(inner, node).into_iter().map(|path| format!("{name}.{path}")));
            }
            _ => {}
        }
    }
    paths
}

fn elements<'a>(items: Node<'_>, text: &'a str) -> Vec<&'a str> {
    if items.choices().is_empty() { vec![text] } else { text.split(',').collect() }
}

fn unknown(path: &str, node: Node<'_>) -> NotAValue {
    NotAValue::Unknown { name: path.to_owned(), known: node.members().join(", ") }
}

fn collect(value: &Value, node: Node<'_>, pointer: String, found: &mut Vec<Personal>) {
    if node.is_personal() {
        found.extend(in_clear(value).map(|value| Personal { pointer: pointer.clone(), value }));
        if !value.is_array() || node.items().is_none() {
            return;
        }
    }
    match value {
        Value::Object(members) => {
            for (name, value) in members {
                if let Some(member) = node.member(name) {
                    collect(value, member, format!("{pointer}/{name}"), found);
                }
            }
        }
        Value::Array(items) => {
            for (at, value) in items.iter().enumerate() {
                if let Some(node) = node.items() {
                    collect(value, node, format!("{pointer}/{at}"), found);
                }
            }
        }
        _ => {}
    }
}

fn in_clear(value: &Value) -> Option<Disclosed> {
    match value {
        Value::String(text) => Some(Disclosed::Text(text.clone())),
        Value::Array(items) => {
            let texts: Option<Vec<String>> = items.iter().map(|item| item.as_str().map(str::to_owned)).collect();
            texts.map(Disclosed::Paragraphs)
        }
        _ => None,
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use serde_json::json;

    fn schema() -> Value {
        json!({
            "type": "object",
            "required": ["organ", "resolution"],
            "properties": {
                "organ": {"$ref": "#/$defs/Organ"},
                "resolution": {"oneOf": [{"const": "adopted", "type": "string"}, {"const": "rejected", "type": "string"}]},
                "section": {"type": ["integer", "string"]},
                "confirmed": {"type": "boolean"},
                "purposes": {"type": "array", "items": {"type": "string", "enum": ["manage", "sign"]}},
                "roles": {"type": "array", "items": {"type": "string"}},
                "signatory": {"anyOf": [{"$ref": "#/$defs/Commitment"}, {"type": "null"}]},
                "dissents": {"type": "array", "items": {"$ref": "#/$defs/Commitment"}}
            },
            "$defs": {
                "Organ": {"type": "object", "required": ["name", "kind"], "properties": {
                    "name": {"type": "string"}, "kind": {"type": "string", "enum": ["council", "board"]}}},
                "Commitment": {"type": "object", "properties": {"sd": {"type": "string"}}, "required": ["sd"]}
            }
        })
    }

    fn built(fields: &[&str]) -> Result<Value, NotAValue> {
        let (schema, mut data) = (schema(), json!({}));
        for field in fields {
            set(&mut data, Node::root(&schema), field)?;
        }
        Ok(data)
    }

    #[test]
    fn text_becomes_what_the_schema_asks_for() {
        let data = built(&["organ.name=Valtuusto", "organ.kind=council", "section=21", "confirmed=true"]);
        let expected = json!({"organ": {"name": "Valtuusto", "kind": "council"}, "section": 21, "confirmed": true});
        assert_eq!(data, Ok(expected));
        assert_eq!(built(&["section=21 a"]), Ok(json!({"section": "21 a"})));
        assert_eq!(built(&["organ.name=true"]), Ok(json!({"organ": {"name": "true"}})));
    }

    #[test]
    fn the_programs_own_schemas_take_their_fields() {
        let of = |kind: &str, fields: &[&str]| {
            let info = sinetti_projections::acts::TypeInfo::named(kind).unwrap();
            let (schema, mut data) = ((info.schema)().to_value(), json!({}));
            for field in fields {
                set(&mut data, Node::root(&schema), field).unwrap();
            }
            (personal(&data, Node::root(&schema)), data)
        };
        let (_, text) = of("text_deposited", &["titles.fi=Sopimus", "bytes=12", "role=approval"]);
        assert_eq!(text, json!({"titles": {"fi": "Sopimus"}, "bytes": 12, "role": "approval"}));
        let fields = ["section=21", "subject.deposit=3", "vote.for=5", "preparer=Maija", "dissents=Matti: ei"];
        let (found, decision) = of("decision_recorded", &fields);
        assert_eq!(decision["section"], json!("21"));
        assert_eq!(decision["subject"], json!({"deposit": 3}));
        assert_eq!(decision["vote"], json!({"for": 5}));
        let pointers: Vec<String> = found.into_iter().map(|personal| personal.pointer).collect();
        assert_eq!(pointers, ["/dissents/0", "/preparer"]);
        let (_, key) = of("key_enrolled", &["purposes=manage,sign", "party=tampere"]);
        assert_eq!(key, json!({"purposes": ["manage", "sign"], "party": "tampere"}));
    }

    #[test]
    fn lists_grow() {
        assert_eq!(built(&["roles=mayor, acting", "roles=clerk"]), Ok(json!({"roles": ["mayor, acting", "clerk"]})));
        assert_eq!(built(&["purposes=manage,sign"]), Ok(json!({"purposes": ["manage", "sign"]})));
        assert_eq!(built(&[r#"roles=["a","b"]"#]), Ok(json!({"roles": ["a", "b"]})));
    }

    #[test]
    fn what_does_not_fit_is_named_with_what_does() {
        let text = |fields: &[&str]| built(fields).unwrap_err().to_string();
        assert!(text(&["organ.nme=x"]).contains("there are: kind, name"));
        assert!(text(&["resolution"]).contains("name=value"));
        assert!(text(&["confirmed=yes"]).contains("true or false"));
    }

    #[test]
    fn personal_values_are_found_wherever_they_stand() {
        let data = json!({"signatory": "Maija", "dissents": ["a", {"sd": "x"}, ["b", "c"]], "roles": ["mayor"]});
        let schema = schema();
        let found: Vec<String> = personal(&data, Node::root(&schema)).into_iter().map(|p| p.pointer).collect();
        assert_eq!(found, ["/dissents/0", "/dissents/2", "/signatory"]);
    }

    #[test]
    fn missing_members_are_named_to_the_depth() {
        let schema = schema();
        let missing = |data| missing(&data, Node::root(&schema));
        assert_eq!(missing(json!({})), ["organ", "resolution"]);
        assert_eq!(missing(json!({"organ": {"name": "x"}, "resolution": "adopted"})), ["organ.kind"]);
    }
}
