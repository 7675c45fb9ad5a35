//! The OpenAPI document as the page needs it.

use serde_json::Value;

use super::words::Paragraphs;

/// Operations under one tag.
pub struct Group {
    /// The tag.
    pub name: String,
    /// What they have in common.
    pub description: Paragraphs,
    /// In the document's order.
    pub operations: Vec<Operation>,
}

/// One operation.
pub struct Operation {
    /// Anchor.
    pub id: String,
    /// `GET` or `POST`.
    pub method: String,
    /// With its parameters in braces.
    pub path: String,
    /// One sentence.
    pub summary: Paragraphs,
    /// More.
    pub description: Paragraphs,
    /// Of path, query and headers.
    pub parameters: Vec<Parameter>,
    /// What to send.
    pub body: Option<Content>,
    /// By status.
    pub answers: Vec<Answer>,
}

impl Operation {
    /// The path without what all paths have in common.
    pub fn short(&self) -> &str {
        self.path.strip_prefix("/api/v1").unwrap_or(&self.path)
    }
}

/// One parameter.
pub struct Parameter {
    /// Its name.
    pub name: String,
    /// `path`, `query` or `header`.
    pub place: String,
    /// Must be given.
    pub required: bool,
    /// What it means.
    pub description: Paragraphs,
}

/// What is sent or answered.
pub struct Content {
    /// In words.
    pub description: Paragraphs,
    /// Media type.
    pub media_type: String,
    /// Name of its shape below, where it has one.
    pub shape: Option<String>,
}

/// One answer.
pub struct Answer {
    /// HTTP status.
    pub status: String,
    /// What it says.
    pub content: Content,
}

/// An object that bodies consist of.
pub struct Shape {
    /// Its name.
    pub name: String,
    /// What it is.
    pub description: Paragraphs,
    /// Its members.
    pub members: Vec<Member>,
}

/// A member of an object.
pub struct Member {
    /// Its name.
    pub name: String,
    /// In words.
    pub r#type: String,
    /// Always there.
    pub required: bool,
    /// What it means.
    pub description: Paragraphs,
}

/// All operations, by tag.
pub fn groups(document: &Value) -> Vec<Group> {
    let group = |tag: &Value| Group {
        name: text(&tag["name"]),
        description: words(&tag["description"]),
        operations: operations(document, &tag["name"]),
    };
    list(&document["tags"]).map(group).collect()
}

/// All shapes, by name.
pub fn shapes(document: &Value) -> Vec<Shape> {
    let shape = |(name, schema): (&String, &Value)| Shape {
        name: name.clone(),
        description: words(&schema["description"]),
        members: members(&schema["properties"])
            .map(|(name, member)| Member {
                name: name.clone(),
                r#type: type_name(member),
                required: list(&schema["required"]).any(|required| required == name.as_str()),
                description: words(&member["description"]),
            })
            .collect(),
    };
    members(&document["components"]["schemas"]).map(shape).collect()
}

fn operations(document: &Value, tag: &Value) -> Vec<Operation> {
    let methods = members(&document["paths"])
        .flat_map(|(path, item)| members(item).map(move |(method, operation)| (path, method, operation)));
    methods
        .filter(|(_, _, operation)| list(&operation["tags"]).any(|own| own == tag))
        .map(|(path, method, operation)| Operation {
            id: text(&operation["operationId"]),
            method: method.to_uppercase(),
            path: path.clone(),
            summary: words(&operation["summary"]),
            description: words(&operation["description"]),
            parameters: list(&operation["parameters"]).map(parameter).collect(),
            body: operation.get("requestBody").map(content),
            answers: members(&operation["responses"]).map(answer).collect(),
        })
        .collect()
}

fn parameter(parameter: &Value) -> Parameter {
    Parameter {
        name: text(&parameter["name"]),
        place: text(&parameter["in"]),
        required: parameter["required"] == true,
        description: words(&parameter["description"]),
    }
}

fn answer((status, answer): (&String, &Value)) -> Answer {
    Answer { status: status.clone(), content: content(answer) }
}

fn content(body: &Value) -> Content {
    let (media_type, schema) = members(&body["content"])
        .next()
        .map_or((String::new(), &Value::Null), |(name, content)| (name.clone(), &content["schema"]));
    Content { description: words(&body["description"]), media_type, shape: shape_name(schema) }
}

/// `array of Event`, `string`, …
fn type_name(schema: &Value) -> String {
    if let Some(name) = shape_name(schema) {
        return name;
    }
    let alternatives = list(&schema["type"]).filter_map(Value::as_str).find(|name| *name != "null");
    match schema["type"].as_str().or(alternatives) {
        Some("array") => format!("array of {}", type_name(&schema["items"])),
        Some(name) => name.to_owned(),
        None => "any".to_owned(),
    }
}

fn shape_name(schema: &Value) -> Option<String> {
    schema["$ref"].as_str()?.rsplit('/').next().map(str::to_owned)
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

fn members(value: &Value) -> impl Iterator<Item = (&String, &Value)> {
    value.as_object().into_iter().flatten()
}

fn words(value: &Value) -> Paragraphs {
    Paragraphs::of(value.as_str().unwrap_or(""))
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or("").to_owned()
}
