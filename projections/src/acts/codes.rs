//! Official codes and business ids: labels from public registers, checked where they can be.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A typed code: `kunta:837`, `hva:08`, `maakunta:06`. The bare number 06 is one region as a
/// maakunta and another as a hyvinvointialue, so a code never stands without its register.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "String", into = "String")]
#[schemars(!try_from, !into)]
pub struct Code(#[schemars(regex(pattern = r"^(kunta:[0-9]{3}|hva:[0-9]{2}|maakunta:[0-9]{2})$"))] String);

/// Y-tunnus, normalised: seven digits, a hyphen and the check digit.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "String", into = "String")]
#[schemars(!try_from, !into)]
pub struct BusinessId(#[schemars(regex(pattern = r"^[0-9]{7}-[0-9]$"))] String);

/// Neither a code nor a business id.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadCode {
    /// Not a typed code.
    #[error("not a typed code; write kunta: with three digits, or hva: or maakunta: with two")]
    Code,
    /// Not in the normal form.
    #[error("not a business id; write seven digits, a hyphen and the check digit, as in 0211675-2")]
    Form,
    /// The check digit is another.
    #[error("the check digit of this business id is wrong; look it up again")]
    CheckDigit,
}

impl Code {
    /// The code as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl BusinessId {
    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for Code {
    type Error = BadCode;

    fn try_from(text: String) -> Result<Code, BadCode> {
        let digits = |number: &str, count| number.len() == count && number.bytes().all(|b| b.is_ascii_digit());
        let good = match text.split_once(':') {
            Some(("kunta", number)) => digits(number, 3),
            Some(("hva" | "maakunta", number)) => digits(number, 2),
            _ => false,
        };
        if good { Ok(Code(text)) } else { Err(BadCode::Code) }
    }
}

impl TryFrom<String> for BusinessId {
    type Error = BadCode;

    fn try_from(text: String) -> Result<BusinessId, BadCode> {
        let bytes = text.as_bytes();
        let shape = bytes.len() == 9
            && bytes.iter().enumerate().all(|(at, b)| if at == 7 { *b == b'-' } else { b.is_ascii_digit() });
        if !shape {
            return Err(BadCode::Form);
        }
        if check_digit(&bytes[..7]) == Some(bytes[8] - b'0') { Ok(BusinessId(text)) } else { Err(BadCode::CheckDigit) }
    }
}

/// Weights 7 9 10 5 8 4 2, modulo 11; no business id has remainder 1.
fn check_digit(digits: &[u8]) -> Option<u8> {
    const WEIGHTS: [u32; 7] = [7, 9, 10, 5, 8, 4, 2];
    let sum: u32 = digits.iter().zip(WEIGHTS).map(|(digit, weight)| u32::from(digit - b'0') * weight).sum();
    match sum % 11 {
        0 => Some(0),
        1 => None,
        rest => u8::try_from(11 - rest).ok(),
    }
}

impl From<Code> for String {
    fn from(code: Code) -> String {
        code.0
    }
}

impl From<BusinessId> for String {
    fn from(id: BusinessId) -> String {
        id.0
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for BusinessId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_names_its_register() {
        for good in ["kunta:837", "hva:08", "maakunta:06"] {
            assert!(Code::try_from(good.to_owned()).is_ok(), "{good}");
        }
        for bad in ["837", "kunta:37", "hva:008", "maakunta:6", "kunta:83a", "KUNTA:837", "kunta:", "vat:12"] {
            assert_eq!(Code::try_from(bad.to_owned()), Err(BadCode::Code), "{bad}");
        }
    }

    #[test]
    fn check_digits_of_real_ids_hold() {
        for good in ["0211675-2", "3221308-6", "2050864-5", "1923299-5", "0157867-2", "3221326-2"] {
            assert!(BusinessId::try_from(good.to_owned()).is_ok(), "{good}");
        }
    }

    #[test]
    fn a_wrong_digit_or_form_is_told() {
        assert_eq!(BusinessId::try_from("0211675-3".to_owned()), Err(BadCode::CheckDigit));
        assert_eq!(BusinessId::try_from("0211657-2".to_owned()), Err(BadCode::CheckDigit));
        for bad in ["211675-2", "02116752", "FI02116752", "0211675-22", "0211675–2"] {
            assert_eq!(BusinessId::try_from(bad.to_owned()), Err(BadCode::Form), "{bad}");
        }
    }
}
