//! Signatures of authorities and their certificates: RSA (PKCS #1 v1.5, 2048 to 8192 bits) and ECDSA (P-256, P-384),
//! with SHA-256 and up.

use der::oid::ObjectIdentifier;
use der::oid::db::rfc5912;
use ring::digest;
use ring::signature::{self, UnparsedPublicKey, VerificationAlgorithm};
use x509_cert::spki::{AlgorithmIdentifierOwned, SubjectPublicKeyInfoOwned};

/// A hash function of the SHA-2 family.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum HashKind {
    Sha256,
    Sha384,
    Sha512,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum KeyKind {
    Rsa,
    P256,
    P384,
}

impl HashKind {
    /// By the identifier of the hash function itself.
    pub(super) fn of(oid: &ObjectIdentifier) -> Option<HashKind> {
        match *oid {
            rfc5912::ID_SHA_256 => Some(HashKind::Sha256),
            rfc5912::ID_SHA_384 => Some(HashKind::Sha384),
            rfc5912::ID_SHA_512 => Some(HashKind::Sha512),
            _ => None,
        }
    }

    /// Hashes `data`.
    pub(super) fn hash(self, data: &[u8]) -> Vec<u8> {
        let algorithm = match self {
            HashKind::Sha256 => &digest::SHA256,
            HashKind::Sha384 => &digest::SHA384,
            HashKind::Sha512 => &digest::SHA512,
        };
        digest::digest(algorithm, data).as_ref().to_vec()
    }
}

/// The hash that a signature algorithm names; `beside` where it names none, as in CMS.
pub(super) fn hash_of(algorithm: &AlgorithmIdentifierOwned, beside: Option<HashKind>) -> Option<HashKind> {
    match algorithm.oid {
        rfc5912::SHA_256_WITH_RSA_ENCRYPTION | rfc5912::ECDSA_WITH_SHA_256 => Some(HashKind::Sha256),
        rfc5912::SHA_384_WITH_RSA_ENCRYPTION | rfc5912::ECDSA_WITH_SHA_384 => Some(HashKind::Sha384),
        rfc5912::SHA_512_WITH_RSA_ENCRYPTION | rfc5912::ECDSA_WITH_SHA_512 => Some(HashKind::Sha512),
        rfc5912::RSA_ENCRYPTION | rfc5912::ID_EC_PUBLIC_KEY => beside,
        _ => None,
    }
}

/// Whether `signature` over `message` is by this key. The key's own kind decides which algorithm that is, never the
/// signature's word.
pub(super) fn is_by(key: &SubjectPublicKeyInfoOwned, hash: HashKind, message: &[u8], signature: &[u8]) -> bool {
    let (Some(algorithm), Some(bytes)) = (algorithm(key, hash), key.subject_public_key.as_bytes()) else {
        return false;
    };
    UnparsedPublicKey::new(algorithm, bytes).verify(message, signature).is_ok()
}

fn algorithm(key: &SubjectPublicKeyInfoOwned, hash: HashKind) -> Option<&'static dyn VerificationAlgorithm> {
    Some(match (kind(key)?, hash) {
        (KeyKind::Rsa, HashKind::Sha256) => &signature::RSA_PKCS1_2048_8192_SHA256,
        (KeyKind::Rsa, HashKind::Sha384) => &signature::RSA_PKCS1_2048_8192_SHA384,
        (KeyKind::Rsa, HashKind::Sha512) => &signature::RSA_PKCS1_2048_8192_SHA512,
        (KeyKind::P256, HashKind::Sha256) => &signature::ECDSA_P256_SHA256_ASN1,
        (KeyKind::P256, HashKind::Sha384) => &signature::ECDSA_P256_SHA384_ASN1,
        (KeyKind::P384, HashKind::Sha256) => &signature::ECDSA_P384_SHA256_ASN1,
        (KeyKind::P384, HashKind::Sha384) => &signature::ECDSA_P384_SHA384_ASN1,
        (KeyKind::P256 | KeyKind::P384, HashKind::Sha512) => return None,
    })
}

fn kind(key: &SubjectPublicKeyInfoOwned) -> Option<KeyKind> {
    match key.algorithm.oid {
        rfc5912::RSA_ENCRYPTION => Some(KeyKind::Rsa),
        rfc5912::ID_EC_PUBLIC_KEY => {
            let curve: ObjectIdentifier = key.algorithm.parameters.as_ref()?.decode_as().ok()?;
            match curve {
                rfc5912::SECP_256_R_1 => Some(KeyKind::P256),
                rfc5912::SECP_384_R_1 => Some(KeyKind::P384),
                _ => None,
            }
        }
        _ => None,
    }
}
