//! Wycheproof's edge cases of Ed25519 and ML-DSA-44.

use sinetti_events::keys::public_key::PublicKey;
use sinetti_events::log::ml_dsa::{MlDsaPublicKey, MlDsaSigningKey};
use wycheproof::{TestResult, eddsa, mldsa_sign, mldsa_verify};

#[test]
fn ed25519_is_verified_strictly() {
    let set = eddsa::TestSet::load(eddsa::TestName::Ed25519).unwrap();
    let mut valid = 0;
    for group in set.test_groups {
        let key: [u8; 32] = group.key.pk.as_slice().try_into().unwrap();
        let key = PublicKey::from_bytes(&key);
        for test in group.tests {
            let verified = key.as_ref().ok().zip(test.sig.as_slice().try_into().ok());
            let verified = verified.is_some_and(|(key, sig)| key.verify(&test.msg, sig).is_ok());
            assert_eq!(verified, test.result == TestResult::Valid, "{} {}", test.tc_id, test.comment);
            valid += u32::from(verified);
        }
    }
    assert!(valid > 50, "only {valid} valid cases were read");
}

#[test]
fn ml_dsa_44_is_verified_as_fips_204_says() {
    let set = mldsa_verify::TestSet::load(mldsa_verify::TestName::MlDsa44Verify).unwrap();
    let (mut valid, mut other_context) = (0, 0);
    for group in set.test_groups {
        let key = MlDsaPublicKey::from_bytes(&group.pubkey);
        for test in group.tests {
            let verified = key.as_ref().is_ok_and(|key| key.verify(&test.msg, &test.sig).is_ok());
            // We sign with the empty context only, so what holds under another one doesn't here.
            let ours = test.ctx.as_ref().is_none_or(|ctx| ctx.is_empty());
            let expected = ours && test.result == TestResult::Valid;
            assert_eq!(verified, expected, "{} {}", test.tc_id, test.comment);
            valid += u32::from(verified);
            other_context += u32::from(!ours);
        }
    }
    assert!(valid > 5 && other_context > 0, "{valid} valid, {other_context} with a context");
}

#[test]
fn ml_dsa_44_signs_byte_for_byte_as_fips_204_says() {
    let set = mldsa_sign::TestSet::load(mldsa_sign::TestName::MlDsa44SignSeed).unwrap();
    let mut compared = 0;
    for group in set.test_groups {
        let seed = group.privseed.as_ref().and_then(|seed| <[u8; 32]>::try_from(seed.as_slice()).ok());
        let Some(key) = seed.map(|seed| MlDsaSigningKey::from_seed(&seed)) else {
            continue;
        };
        if let Some(public) = &group.pubkey {
            assert_eq!(key.public_key().to_bytes(), public.as_slice());
        }
        for test in group.tests {
            // Ours are: a message, the empty context, no randomness.
            let plain = test.ctx.as_ref().is_none_or(|ctx| ctx.is_empty());
            let deterministic = test.rnd.as_ref().is_none_or(|rnd| rnd.iter().all(|byte| *byte == 0));
            let Some(message) = test.msg.filter(|_| plain && deterministic) else {
                continue;
            };
            if test.result != TestResult::Valid {
                continue;
            }
            assert_eq!(key.sign(&message).unwrap(), test.sig.as_slice(), "{} {}", test.tc_id, test.comment);
            compared += 1;
        }
    }
    assert!(compared > 60, "only {compared} signatures were compared");
}
