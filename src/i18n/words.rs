//! A language held by the hand: what the templates speak through.

use super::{Lang, Value, t};

/// The messages of one language, with short ways to fill in one variable.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Words(pub Lang);

impl Words {
    /// A message without variables.
    pub fn get(&self, id: &str) -> String {
        t(self.0, id, &[])
    }

    /// A message about `$count` things.
    pub fn count(&self, id: &str, count: impl Into<Count>) -> String {
        t(self.0, id, &[("count", Value::from(count.into().0))])
    }

    /// A message with one variable, as text.
    pub fn with(&self, id: &str, name: &str, value: impl ToString) -> String {
        t(self.0, id, &[(name, value.to_string().into())])
    }

    /// The word for a code of the domain, such as `resolution-adopted`; the code itself where it has none.
    pub fn term(&self, family: &str, code: &str) -> String {
        let id = format!("{family}-{}", code.replace('_', "-"));
        if super::has(self.0, &id) { self.get(&id) } else { code.to_owned() }
    }
}

/// A number of things, from any of the integers that templates hold (by value or by reference).
#[derive(Debug, Clone, Copy)]
pub struct Count(u64);

impl From<u64> for Count {
    fn from(count: u64) -> Count {
        Count(count)
    }
}

impl From<&u64> for Count {
    fn from(count: &u64) -> Count {
        Count(*count)
    }
}

impl From<usize> for Count {
    fn from(count: usize) -> Count {
        Count(count as u64)
    }
}
