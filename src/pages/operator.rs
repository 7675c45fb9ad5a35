//! Who runs the ledger, as its operator says in a file: what the program can't know and the pages of privacy and
//! accessibility must tell. What is not given is said to be missing.

use std::collections::BTreeMap;

use serde::Deserialize;
use sinetti_events::primitives::ids::StreamId;
use sinetti_events::primitives::time::Date;

/// So long may one line be, in characters.
const LONGEST: usize = 300;

/// So many days after an act its names leave the pages, where nothing else is set: confirmed minutes are published
/// within days, the time for an appeal is 30 days from notice, and notice is a week from publication (KuntaL § 140).
pub(super) const SHOWN_DAYS: u16 = 60;

/// The operator's own words.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Operator {
    /// The body that runs the ledger and is the controller of its personal data.
    pub name: String,
    /// Where feedback on accessibility and questions go.
    pub email: String,
    /// Postal address.
    #[serde(default)]
    pub address: Option<String>,
    /// Telephone.
    #[serde(default)]
    pub telephone: Option<String>,
    /// Contact of the data protection officer.
    #[serde(default)]
    pub data_protection: Option<String>,
    /// When the accessibility statement was prepared or last reviewed.
    #[serde(default)]
    pub accessibility_reviewed_on: Option<Date>,
    /// By agreement, how many days after an act its names are shown.
    #[serde(default)]
    pub names_shown_days: BTreeMap<StreamId, u16>,
}

/// Why an operator's file can't be used.
#[derive(Debug, thiserror::Error)]
pub enum BadOperator {
    /// Not JSON, or not of this shape.
    #[error(
        "{0}. Write a JSON object with name and email, and address, telephone, data_protection, accessibility_reviewed_on and names_shown_days where they apply"
    )]
    Shape(#[from] serde_json::Error),
    /// Empty, of several lines, or too long.
    #[error("{0} must be one line of 1 to {LONGEST} characters")]
    Line(&'static str),
    /// No address of mail.
    #[error("email is no address of electronic mail: {0:?}. Write one, such as kirjaamo@kunta.example")]
    Email(String),
}

impl Operator {
    /// Reads the file's text.
    ///
    /// # Errors
    ///
    /// Not of this shape, or a line that can't be shown.
    pub fn parse(text: &[u8]) -> Result<Operator, BadOperator> {
        let operator: Operator = serde_json::from_slice(text)?;
        let given = [
            ("name", Some(&operator.name)),
            ("email", Some(&operator.email)),
            ("address", operator.address.as_ref()),
            ("telephone", operator.telephone.as_ref()),
            ("data_protection", operator.data_protection.as_ref()),
        ];
        let is_line = |line: &str| {
            !line.trim().is_empty() && line.chars().count() <= LONGEST && !line.chars().any(char::is_control)
        };
        if let Some((member, _)) = given.iter().find(|(_, line)| line.is_some_and(|line| !is_line(line))) {
            return Err(BadOperator::Line(member));
        }
        if !is_address(&operator.email) {
            return Err(BadOperator::Email(operator.email));
        }
        Ok(operator)
    }
}

/// So much as a link needs: one @ between what needs no quoting.
fn is_address(text: &str) -> bool {
    let plain =
        |part: &str| !part.is_empty() && part.chars().all(|it| it.is_ascii_alphanumeric() || ".-_+".contains(it));
    text.split_once('@').is_some_and(|(local, host)| plain(local) && plain(host))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn an_operator_says_who_it_is() {
        let text = br#"{"name": "Esimerkin kunta", "email": "kirjaamo@esimerkki.example",
            "accessibility_reviewed_on": "2026-11-25", "names_shown_days": {"pirkanmaa-puitesopimus-2023": 45}}"#;
        let operator = Operator::parse(text).unwrap();
        let days = |agreement: &str| operator.names_shown_days.get(&agreement.parse().unwrap()).copied();
        assert_eq!((days("pirkanmaa-puitesopimus-2023"), days("muu-2023")), (Some(45), None));
    }

    #[test]
    fn what_can_not_be_shown_is_refused() {
        for bad in [
            "",
            "[]",
            r#"{"name": "A"}"#,
            r#"{"name": "", "email": "a@b"}"#,
            r#"{"name": "A\nB", "email": "a@b"}"#,
            r#"{"name": "A", "email": "a@b?subject=x"}"#,
            r#"{"name": "A", "email": "javascript:alert(1)"}"#,
            r#"{"name": "A", "email": "a@b", "colour": "blue"}"#,
            r#"{"name": "A", "email": "a@b", "names_shown_days": {"NO": 1}}"#,
        ] {
            assert!(Operator::parse(bad.as_bytes()).is_err(), "{bad}");
        }
    }
}
