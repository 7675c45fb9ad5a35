//! A walk through the JSON Schema of an event type: what a member may be, and how text becomes it.

use serde_json::{Map, Value};

/// A place in a schema; references are followed.
#[derive(Debug, Clone, Copy)]
pub struct Node<'a> {
    root: &'a Value,
    at: &'a Value,
}

/// The text can't be a value of this member.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotAValue {
    /// The type has no such member.
    #[error("there is no member {name}; there are: {known}")]
    Unknown {
        /// What was given.
        name: String,
        /// What there is.
        known: String,
    },
    /// Another kind of value belongs there.
    #[error("{name} is {expected}, not {given:?}")]
    Kind {
        /// The member.
        name: String,
        /// What belongs there.
        expected: String,
        /// What was given.
        given: String,
    },
}

impl<'a> Node<'a> {
    /// The root of a schema.
    pub fn root(schema: &'a Value) -> Node<'a> {
        Node { root: schema, at: schema }
    }

    /// The member `name` of an object here; objects by language take any name.
    pub fn member(self, name: &str) -> Option<Node<'a>> {
        let forms = self.forms();
        let named = forms.iter().find_map(|node| node.at.get("properties")?.get(name));
        let open = || forms.iter().find_map(|node| node.at.get("additionalProperties").filter(|any| any.is_object()));
        let by_pattern =
            || forms.iter().find_map(|node| node.at.get("patternProperties")?.as_object()?.values().next());
        named.or_else(open).or_else(by_pattern).map(|at| Node { at, ..self })
    }

    /// The elements of a list here.
    pub fn items(self) -> Option<Node<'a>> {
        let find = |node: Node<'a>| node.at.get("items");
        self.forms().into_iter().find_map(find).map(|at| Node { at, ..self })
    }

    /// Names of all members, in order.
    pub fn members(self) -> Vec<&'a str> {
        let mut names = Vec::new();
        for form in self.forms() {
            let members = form.at.get("properties").and_then(Value::as_object);
            names.extend(members.into_iter().flat_map(Map::keys).map(String::as_str));
        }
        names.sort_unstable();
        names.dedup();
        names
    }

    /// Names of the members that must be there.
    pub fn required(self) -> Vec<&'a str> {
        let names = self.followed().get("required").and_then(Value::as_array);
        names.into_iter().flatten().filter_map(Value::as_str).collect()
    }

    /// What the schema says of it.
    pub fn description(self) -> Option<&'a str> {
        let own = self.at.get("description").or_else(|| self.followed().get("description"));
        own.and_then(Value::as_str)
    }

    /// Whether a commitment to a personal value belongs here: an object of `sd` alone.
    pub fn is_personal(self) -> bool {
        let commits = |node: Node<'a>| {
            let members = node.at.get("properties").and_then(Value::as_object);
            members.is_some_and(|members| members.len() == 1 && members.contains_key("sd"))
        };
        self.forms().into_iter().any(commits)
    }

    /// The words that may stand here, when they are fixed.
    pub fn choices(self) -> Vec<&'a str> {
        let mut words = Vec::new();
        for form in self.forms() {
            words.extend(form.at.get("const").and_then(Value::as_str));
            let listed = form.at.get("enum").and_then(Value::as_array);
            words.extend(listed.into_iter().flatten().filter_map(Value::as_str));
        }
        words
    }

    /// Whether a value of JSON type `kind` may stand here.
    pub fn accepts(self, kind: &str) -> bool {
        let of = |node: Node<'a>| match node.at.get("type") {
            Some(Value::String(one)) => one == kind,
            Some(Value::Array(several)) => several.iter().any(|one| one == kind),
            _ => false,
        };
        self.forms().into_iter().any(of)
    }

    /// What belongs here, in words.
    pub fn expected(self) -> String {
        let choices = self.choices();
        if !choices.is_empty() {
            return format!("one of {}", choices.join(", "));
        }
        if self.is_personal() {
            return "a text (kept apart from the record)".to_owned();
        }
        // Dates, ids and digests say what they are where they are defined.
        let forms = self.forms();
        let form = forms.iter().find_map(|node| node.at.get("pattern").and(node.at.get("description"))?.as_str());
        let words = [
            ("string", form.unwrap_or("a text")),
            ("integer", "a whole number"),
            ("boolean", "true or false"),
            ("array", "a JSON list"),
            ("object", "a JSON object"),
        ];
        let there = words.iter().filter(|(kind, _)| self.accepts(kind)).map(|(_, word)| *word);
        there.collect::<Vec<_>>().join(" or ")
    }

    /// Reads `text` as a value of this place; `name` is for the error.
    ///
    /// # Errors
    ///
    /// Another kind of value belongs here.
    pub fn read(self, name: &str, text: &str) -> Result<Value, NotAValue> {
        let refused = || NotAValue::Kind { name: name.to_owned(), expected: self.expected(), given: text.to_owned() };
        if self.is_personal() {
            return Ok(Value::from(text));
        }
        let json = text.starts_with(['[', '{']).then(|| serde_json::from_str::<Value>(text).ok()).flatten();
        match json {
            Some(list @ Value::Array(_)) if self.accepts("array") => return Ok(list),
            Some(object @ Value::Object(_)) if self.accepts("object") => return Ok(object),
            _ => {}
        }
        let integer = text.parse::<i64>().ok().filter(|_| self.accepts("integer"));
        if let Some(integer) = integer {
            return Ok(Value::from(integer));
        }
        match text {
            "true" | "false" if self.accepts("boolean") => Ok(Value::from(text == "true")),
            _ if self.accepts("string") || self.choices().contains(&text) => Ok(Value::from(text)),
            _ => Err(refused()),
        }
    }

    /// Every form that a value may have here: references followed, alternatives listed.
    fn forms(self) -> Vec<Node<'a>> {
        let mut forms = Vec::new();
        self.collect(&mut forms, 0);
        forms
    }

    fn collect(self, forms: &mut Vec<Node<'a>>, depth: usize) {
        // Our schemas nest a few levels; the limit ends a circle of references.
        if depth > 16 {
            return;
        }
        let at = self.followed();
        let node = Node { at, ..self };
        forms.push(node);
        for alternatives in ["anyOf", "oneOf", "allOf"] {
            let listed = at.get(alternatives).and_then(Value::as_array);
            for at in listed.into_iter().flatten() {
                Node { at, ..self }.collect(forms, depth + 1);
            }
        }
    }

    fn followed(self) -> &'a Value {
        let pointer = self.at.get("$ref").and_then(Value::as_str).and_then(|path| path.strip_prefix('#'));
        pointer.and_then(|pointer| self.root.pointer(pointer)).unwrap_or(self.at)
    }
}
