//! RFC 8785 against `serde_json_canonicalizer`, within what canonical means here: integers to
//! ±(2^53−1), ASCII member names, no null, no invisible characters.

use proptest::prelude::*;
use serde_json::{Value, json};
use sinetti_events::primitives::canonical::{MAX_INTEGER, Names, check, write};

fn oracle(value: &Value) -> Vec<u8> {
    serde_json_canonicalizer::to_vec(value).unwrap()
}

/// Values that can be said here, nested a few levels.
fn value() -> impl Strategy<Value = Value> {
    let most = MAX_INTEGER as i64;
    let leaf = prop_oneof![
        any::<bool>().prop_map(Value::from),
        (-most..=most).prop_map(Value::from),
        "[ -~äöåÄÖÅšž€—]{0,12}".prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 40, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            prop::collection::btree_map("[a-zA-Z0-9_. -]{1,6}", inner, 0..6)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

proptest! {
    #[test]
    fn what_we_write_is_what_the_oracle_writes(value in value()) {
        let ours = write(&value, Names::Ascii).unwrap();
        prop_assert_eq!(&ours, &oracle(&value));
        prop_assert_eq!(check(&ours, Names::Ascii), Ok(()));
    }

    #[test]
    fn what_passes_is_what_the_oracle_would_write(value in value(), at: usize, byte: u8, kind in 0..3) {
        let mut bytes = oracle(&value);
        let at = at % bytes.len();
        match kind {
            0 => bytes[at] = byte,
            1 => bytes.insert(at, byte),
            _ => drop(bytes.remove(at)),
        }
        if check(&bytes, Names::Ascii).is_ok() {
            let parsed: Value = serde_json::from_slice(&bytes).unwrap();
            prop_assert_eq!(oracle(&parsed), bytes);
        }
    }
}

#[test]
fn the_rfcs_examples_pass_where_they_can_be_said_here() {
    // § 3.2.3, its ASCII part; Appendix B's integers; § 3.2.2.2's escapes of quote and backslash.
    let said = [
        json!({"peach": "This sorting order", "1": {"f": {"f": "hi", "F": 5}, "A": {}}, "10": {}}),
        json!([0, 1, -1, 9_007_199_254_740_991i64, -9_007_199_254_740_991i64]),
        json!({"string": "€A'B\"\\\"/"}),
        json!({"a": [], "b": {}, "c": ""}),
    ];
    for value in said {
        assert_eq!(write(&value, Names::Ascii).unwrap(), oracle(&value));
    }
}

#[test]
fn the_rfcs_examples_are_refused_where_the_oracle_rounds_or_we_say_less() {
    // Appendix B: the oracle writes 2^53+1 as 2^53.
    for (value, oracles) in [
        (json!(9_007_199_254_740_993u64), "9007199254740992"),
        (json!(1e30), "1e+30"),
        (json!(4.5), "4.5"),
        (json!(-0.0), "0"),
        (json!(null), "null"),
        (json!({"\u{20ac}": "Euro Sign"}), "{\"\u{20ac}\":\"Euro Sign\"}"),
        (json!("\u{f}\n"), r#""\u000f\n""#),
    ] {
        assert_eq!(String::from_utf8(oracle(&value)).unwrap(), oracles);
        assert!(write(&value, Names::Ascii).is_err(), "{value}");
    }
}
