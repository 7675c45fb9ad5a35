//! Tests that the three languages say the same things, and that none of them says it in another's words.

use std::collections::{BTreeMap, BTreeSet};

use fluent_bundle::FluentResource;
use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement, Variant};

use super::bundle::{FILES, sources};
use super::*;

/// Values that are rightly the same in two languages.
const SAME_BY_RIGHT: [&str; 3] = ["date", "foreseen-registry", "service-name"];

type Messages = BTreeMap<String, Message>;

#[derive(Debug, Default, PartialEq, Eq)]
struct Message {
    variables: BTreeSet<String>,
    text: String,
}

fn messages(lang: Lang) -> Messages {
    let mut all = Messages::new();
    for (file, source) in FILES.iter().zip(sources(lang)) {
        let resource = FluentResource::try_new(source.to_owned())
            .unwrap_or_else(|(_, errors)| panic!("{lang}/{file}.ftl: {errors:?}"));
        for entry in resource.entries() {
            match entry {
                Entry::Message(message) => {
                    let mut seen = Message::default();
                    message.value.iter().for_each(|pattern| walk(pattern, &mut seen));
                    let twice = all.insert(message.id.name.to_owned(), seen);
                    assert_eq!(twice, None, "{lang}: {} stands twice", message.id.name);
                }
                Entry::Junk { content } => panic!("{lang}/{file}.ftl: {content}"),
                _ => {}
            }
        }
    }
    all
}

fn walk(pattern: &Pattern<&str>, into: &mut Message) {
    for element in &pattern.elements {
        match element {
            PatternElement::TextElement { value } => into.text.push_str(value),
            PatternElement::Placeable { expression } => walk_expression(expression, into),
        }
    }
}

fn walk_expression(expression: &Expression<&str>, into: &mut Message) {
    match expression {
        Expression::Inline(inline) => walk_inline(inline, into),
        Expression::Select { selector, variants } => {
            walk_inline(selector, into);
            variants.iter().for_each(|Variant { value, .. }| walk(value, into));
        }
    }
}

fn walk_inline(inline: &InlineExpression<&str>, into: &mut Message) {
    match inline {
        InlineExpression::VariableReference { id } => {
            into.variables.insert(id.name.to_owned());
        }
        InlineExpression::Placeable { expression } => walk_expression(expression, into),
        _ => {}
    }
}

/// Times of day are written with other variables in English.
fn variables(id: &str, message: &Message) -> BTreeSet<String> {
    let mut variables = message.variables.clone();
    if id == "moment" {
        variables.remove("hour2");
        variables.insert("hour".to_owned());
    }
    variables
}

#[test]
fn all_languages_have_the_same_messages_with_the_same_variables() {
    let finnish = messages(Lang::Fi);
    for lang in [Lang::Sv, Lang::En] {
        let other = messages(lang);
        let ids = |messages: &Messages| messages.keys().cloned().collect::<BTreeSet<_>>();
        assert_eq!(ids(&finnish), ids(&other), "{lang}");
        for (id, message) in &finnish {
            assert_eq!(variables(id, message), variables(id, &other[id]), "{lang}: {id}");
        }
    }
}

#[test]
fn no_message_is_left_in_another_language() {
    let english = messages(Lang::En);
    let finnish = messages(Lang::Fi);
    let swedish = messages(Lang::Sv);
    for (id, message) in &english {
        if SAME_BY_RIGHT.contains(&id.as_str()) || !message.text.contains(char::is_alphabetic) {
            continue;
        }
        assert_ne!(message.text, finnish[id].text, "English left in Finnish: {id}");
        assert_ne!(message.text, swedish[id].text, "English left in Swedish: {id}");
        assert_ne!(finnish[id].text, swedish[id].text, "Finnish left in Swedish: {id}");
    }
}

#[test]
fn no_english_word_stands_in_a_finnish_or_swedish_message() {
    // Words that English sentences can hardly do without and that neither other language has.
    let telltale = ["the", "of", "and", "with", "this", "that", "not", "by", "from", "which", "signed", "approved"];
    for lang in [Lang::Fi, Lang::Sv] {
        for (id, message) in messages(lang) {
            let words = message.text.to_lowercase();
            let found = words.split(|c: char| !c.is_alphabetic()).find(|word| telltale.contains(word));
            assert_eq!(found, None, "{lang}: {id}");
        }
    }
}

#[test]
fn every_message_formats_without_a_gap() {
    for lang in Lang::ALL {
        for (id, message) in messages(lang) {
            let args: Vec<(&str, Value<'_>)> =
                message.variables.iter().map(|name| (name.as_str(), Value::from(2))).collect();
            let text = t(lang, &id, &args);
            assert!(!text.is_empty(), "{lang}: {id}");
            assert!(!text.contains(['{', '}', '\u{2068}', '\u{2069}']), "{lang}: {id} gives {text}");
        }
    }
}

#[test]
fn a_missing_message_shows_its_id() {
    assert_eq!(t(Lang::Fi, "no-such-message", &[]), "no-such-message");
}
