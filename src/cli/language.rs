//! A language as an option's value.

use clap::ValueEnum;
use clap::builder::PossibleValue;

use crate::i18n::Lang;

impl ValueEnum for Lang {
    fn value_variants<'a>() -> &'a [Lang] {
        &Lang::ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.code()))
    }
}
