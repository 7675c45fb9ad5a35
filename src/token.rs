//! Keys on tokens (PKCS #11): an organisation's card or a hardware security module signs, and the
//! private key never leaves it. A key is named by a URI (RFC 7512).

use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;

use cryptoki::context::{CInitializeArgs, CInitializeFlags, Pkcs11};
use cryptoki::error::{Error, RvError};
use cryptoki::mechanism::Mechanism;
use cryptoki::mechanism::eddsa::{EddsaParams, EddsaSignatureScheme};
use cryptoki::object::{Attribute, AttributeType, KeyType, ObjectClass, ObjectHandle};
use cryptoki::session::{Session, UserType};
use cryptoki::slot::Slot;
use cryptoki::types::AuthPin;
use ed25519_dalek::{Signature, VerifyingKey};
use zeroize::Zeroizing;

/// How a URI of a key on a token begins.
pub const SCHEME: &str = "pkcs11:";

/// Where a key is: `pkcs11:token=LABEL;object=LABEL?module-path=FILE`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TokenUri {
    token: Option<String>,
    serial: Option<String>,
    object: Option<String>,
    id: Option<Vec<u8>>,
    module: PathBuf,
}

/// A key on a token, ready to sign.
pub struct TokenKey {
    session: Session,
    private: ObjectHandle,
    public: VerifyingKey,
}

/// The key on the token can't be used.
#[derive(Debug, thiserror::Error)]
pub enum TokenError {
    /// Not a URI that names a key.
    #[error("{0}; write it as pkcs11:token=LABEL;object=LABEL?module-path=/path/to/module.so (RFC 7512)")]
    Uri(String),
    /// The module is none, or its library can't be loaded.
    #[error("the PKCS #11 module {} can't be used: {reason}; is it the library that came with the card or HSM?", module.display())]
    Module {
        /// Which.
        module: PathBuf,
        /// What it or the system says.
        reason: String,
    },
    /// No such token.
    #[error("no token fits the URI; there are: {0}")]
    NoToken(String),
    /// More than one token, or key, fits.
    #[error("several {0} fit the URI; name one by {1}")]
    Several(&'static str, &'static str),
    /// No such key.
    #[error("the token has no Ed25519 key pair that fits the URI (object= is its label, id= its CKA_ID)")]
    NoKey,
    /// Its public half can't be read, or is no key.
    #[error(
        "the token gives no Ed25519 public key beside the private one; put the public key object there too, with the same label and id"
    )]
    NoPublicKey,
    /// The PIN is wrong.
    #[error("the token refuses the PIN; after some wrong ones it locks itself")]
    WrongPin,
    /// It locked itself.
    #[error("the token is locked after wrong PINs; its administrator unlocks it")]
    Locked,
    /// It does not sign, or badly.
    #[error("the token does not sign: {0}")]
    Token(String),
    /// What it signed does not verify by its own public key.
    #[error("the token's signature does not verify by the public key beside it: the two objects are no pair")]
    NoPair,
}

impl TokenError {
    /// Whether something that should be there could not be reached.
    pub fn is_unreachable(&self) -> bool {
        matches!(self, TokenError::Module { .. } | TokenError::NoToken(_) | TokenError::NoKey | TokenError::NoPublicKey)
    }
}

impl FromStr for TokenUri {
    type Err = TokenError;

    fn from_str(text: &str) -> Result<TokenUri, TokenError> {
        let rest =
            text.strip_prefix(SCHEME).ok_or_else(|| TokenError::Uri("it does not begin with pkcs11:".to_owned()))?;
        let (path, query) = rest.split_once('?').unwrap_or((rest, ""));
        let mut uri = TokenUri::default();
        for pair in path.split(';').chain(query.split('&')).filter(|pair| !pair.is_empty()) {
            let (name, value) =
                pair.split_once('=').ok_or_else(|| TokenError::Uri(format!("{pair:?} has no value")))?;
            uri.put(name, decode(value))?;
        }
        if uri.module.as_os_str().is_empty() {
            return Err(TokenError::Uri("it does not say which module (module-path) speaks to the token".to_owned()));
        }
        if uri.object.is_none() && uri.id.is_none() {
            return Err(TokenError::Uri("it does not say which key (object or id)".to_owned()));
        }
        Ok(uri)
    }
}

impl TokenUri {
    fn put(&mut self, name: &str, value: Vec<u8>) -> Result<(), TokenError> {
        let not_text = |_| TokenError::Uri(format!("the value of {name} is no text"));
        match name {
            "id" => self.id = Some(value),
            "token" => self.token = Some(String::from_utf8(value).map_err(not_text)?),
            "serial" => self.serial = Some(String::from_utf8(value).map_err(not_text)?),
            "object" => self.object = Some(String::from_utf8(value).map_err(not_text)?),
            "module-path" => self.module = PathBuf::from(String::from_utf8(value).map_err(not_text)?),
            // A key pair is meant in any case.
            "type" => {}
            "pin-value" => {
                let reason =
                    "a PIN does not belong into a URI, where others read it: give --passphrase-file, or type it";
                return Err(TokenError::Uri(reason.to_owned()));
            }
            other => return Err(TokenError::Uri(format!("{other} is not supported"))),
        }
        Ok(())
    }

    fn fits(&self, label: &str, serial: &str) -> bool {
        self.token.as_ref().is_none_or(|wanted| wanted == label)
            && self.serial.as_ref().is_none_or(|wanted| wanted == serial)
    }

    fn template(&self, class: ObjectClass) -> Vec<Attribute> {
        let mut template = vec![Attribute::Class(class), Attribute::KeyType(KeyType::EC_EDWARDS)];
        template.extend(self.object.iter().map(|label| Attribute::Label(label.as_bytes().to_vec())));
        template.extend(self.id.iter().map(|id| Attribute::Id(id.clone())));
        template
    }
}

impl TokenKey {
    /// Opens the key; `pin` is asked for once the token is found. `None` leaves the PIN to the token's own keypad.
    ///
    /// # Errors
    ///
    /// No such module, token or key; a wrong PIN.
    pub fn open<E: From<TokenError>>(
        uri: &TokenUri,
        pin: impl FnOnce(&str) -> Result<Option<Zeroizing<String>>, E>,
    ) -> Result<TokenKey, E> {
        let bad_module =
            |error: &dyn fmt::Display| TokenError::Module { module: uri.module.clone(), reason: error.to_string() };
        let module = Pkcs11::new(&uri.module).map_err(|error| bad_module(&error))?;
        match module.initialize(CInitializeArgs::new(CInitializeFlags::OS_LOCKING_OK)) {
            // A second key of the same module.
            Ok(()) | Err(Error::Pkcs11(RvError::CryptokiAlreadyInitialized, _)) => {}
            Err(error) => return Err(bad_module(&error).into()),
        }
        let (slot, label) = slot(&module, uri)?;
        let session = module.open_ro_session(slot).map_err(|error| failed(&error))?;
        let pin = pin(&label)?.map(|text| AuthPin::new(text.as_str().into()));
        match session.login(UserType::User, pin.as_ref()) {
            // By another key of the same token.
            Ok(()) | Err(Error::Pkcs11(RvError::UserAlreadyLoggedIn, _)) => {}
            Err(error) => return Err(failed(&error).into()),
        }
        let private = one(session.find_objects(&uri.template(ObjectClass::PRIVATE_KEY)))?.ok_or(TokenError::NoKey)?;
        let public =
            one(session.find_objects(&uri.template(ObjectClass::PUBLIC_KEY)))?.ok_or(TokenError::NoPublicKey)?;
        let public = public_key(&session, public)?;
        Ok(TokenKey { session, private, public })
    }

    /// The 32 bytes of the public key.
    pub fn public_key(&self) -> [u8; 32] {
        self.public.to_bytes()
    }

    /// Signs `message`, and believes the token only after verifying.
    ///
    /// # Errors
    ///
    /// The token refuses, or signs with another key than the public one beside it.
    pub fn sign(&self, message: &[u8]) -> Result<[u8; 64], TokenError> {
        let mechanism = Mechanism::Eddsa(EddsaParams::new(EddsaSignatureScheme::Pure));
        let bytes = self.session.sign(&mechanism, self.private, message).map_err(|error| failed(&error))?;
        let signature = Signature::from_slice(&bytes).map_err(|_| TokenError::NoPair)?;
        self.public.verify_strict(message, &signature).map_err(|_| TokenError::NoPair)?;
        Ok(signature.to_bytes())
    }
}

impl fmt::Debug for TokenKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("TokenKey").field("public", &self.public).finish_non_exhaustive()
    }
}

/// The one token that fits, and its label.
fn slot(module: &Pkcs11, uri: &TokenUri) -> Result<(Slot, String), TokenError> {
    let (mut fitting, mut all) = (Vec::new(), Vec::new());
    for slot in module.get_slots_with_initialized_token().map_err(|error| failed(&error))? {
        let info = module.get_token_info(slot).map_err(|error| failed(&error))?;
        let label = info.label().trim_end().to_owned();
        if uri.fits(&label, info.serial_number().trim_end()) {
            fitting.push((slot, label.clone()));
        }
        all.push(format!("{label:?}"));
    }
    match fitting.len() {
        0 if all.is_empty() => Err(TokenError::NoToken("none; is the card in the reader?".to_owned())),
        0 => Err(TokenError::NoToken(all.join(", "))),
        1 => Ok(fitting.remove(0)),
        _ => Err(TokenError::Several("tokens", "token= or serial=")),
    }
}

fn one(found: Result<Vec<ObjectHandle>, Error>) -> Result<Option<ObjectHandle>, TokenError> {
    let found = found.map_err(|error| failed(&error))?;
    if found.len() > 1 { Err(TokenError::Several("keys", "object= and id=")) } else { Ok(found.first().copied()) }
}

/// CKA_EC_POINT: 32 bytes, plain or inside a DER octet or bit string, as modules differ.
fn public_key(session: &Session, object: ObjectHandle) -> Result<VerifyingKey, TokenError> {
    let attributes = session.get_attributes(object, &[AttributeType::EcPoint]).map_err(|error| failed(&error))?;
    let Some(Attribute::EcPoint(point)) = attributes.first() else { return Err(TokenError::NoPublicKey) };
    let bytes = match &point[..] {
        [0x04, 0x20, bytes @ ..] | [0x03, 0x21, 0x00, bytes @ ..] if bytes.len() == 32 => bytes,
        bytes => bytes,
    };
    let bytes = bytes.try_into().map_err(|_| TokenError::NoPublicKey)?;
    VerifyingKey::from_bytes(bytes).map_err(|_| TokenError::NoPublicKey)
}

fn failed(error: &Error) -> TokenError {
    match error {
        Error::Pkcs11(RvError::PinIncorrect | RvError::PinLenRange | RvError::PinInvalid, _) => TokenError::WrongPin,
        Error::Pkcs11(RvError::PinLocked, _) => TokenError::Locked,
        other => TokenError::Token(other.to_string()),
    }
}

/// Percent-decoded bytes.
fn decode(text: &str) -> Vec<u8> {
    percent_encoding::percent_decode_str(text).collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_uri_names_token_key_and_module() {
        let uri: TokenUri =
            "pkcs11:token=Kunnan%20kortti;object=kirjaaja;id=%01%ff;type=private?module-path=/usr/lib/a%3Bb.so"
                .parse()
                .unwrap();
        assert_eq!(uri.token.as_deref(), Some("Kunnan kortti"));
        assert_eq!(uri.object.as_deref(), Some("kirjaaja"));
        assert_eq!(uri.id, Some(vec![1, 255]));
        assert_eq!(uri.module, PathBuf::from("/usr/lib/a;b.so"));
    }

    #[test]
    fn what_is_no_such_uri_says_why() {
        let cases = [
            ("file:x", "does not begin with pkcs11:"),
            ("pkcs11:token=a;object=b", "which module"),
            ("pkcs11:token=a?module-path=/m.so", "which key"),
            ("pkcs11:token;object=b?module-path=/m.so", "\"token\" has no value"),
            ("pkcs11:object=b?module-path=/m.so&pin-value=1234", "a PIN does not belong into a URI"),
            ("pkcs11:object=b;slot-id=1?module-path=/m.so", "slot-id is not supported"),
            ("pkcs11:object=%ff?module-path=/m.so", "the value of object is no text"),
        ];
        for (text, expected) in cases {
            let error = text.parse::<TokenUri>().unwrap_err().to_string();
            assert!(error.contains(expected), "{text}: {error}");
            assert!(!error.contains("1234"), "{error}");
        }
    }

    #[test]
    fn a_file_that_is_no_module_is_named() {
        let uri = "pkcs11:object=b?module-path=/nowhere/m.so".parse().unwrap();
        let error = TokenKey::open::<TokenError>(&uri, |_| Ok(None)).unwrap_err();
        assert!(error.is_unreachable());
        assert!(error.to_string().contains("/nowhere/m.so can't be used"), "{error}");
    }
}
