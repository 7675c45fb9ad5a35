//! Timestamps of an authority: of the bundle's checkpoint and of earlier ones, by others, of something else.
//!
//! The tokens are openssl's, by an authority whose keys were thrown away; `SINETTI_WRITE_VECTORS=1` has new ones made when
//! they are not over the checkpoints of these vectors any more.

use std::fs;
use std::path::PathBuf;

use sinetti::timestamp::Authority;
use sinetti_events::bundle::Member;
use sinetti_events::log::note::Note;
use sinetti_events::primitives::time::Instant;
use sinetti_projections::audit::evidence::{Asked, Evidence, Stamped};

use super::{by, found, honest_assembler, honest_bundle, tampered, unverifiable, valid};
use crate::assemble::{Assembler, cosign};
use crate::file::{Found, Given, Vector};
use crate::tsa::Tsa;
use crate::world::{SIZE, ledger, ledger_until};

/// How many records the earlier checkpoint has.
const EARLIER: usize = 9;

const CHAIN: [&str; 3] = ["root", "middle", "tsa"];

/// What is committed in `tests/evidence/timestamps`.
struct Stamps {
    /// Certificates of the authority.
    authority: String,
    /// Its token over the honest ledger's checkpoint.
    newest: Vec<u8>,
    /// Its token over the checkpoint of [`EARLIER`] records.
    earlier: Vec<u8>,
    /// A token of another authority over the honest ledger's checkpoint.
    stranger: Vec<u8>,
}

pub fn vectors() -> Vec<Vector> {
    let stamps = Stamps::fresh();
    let newest = SIZE as u64;
    let given = |assembler: &Assembler| Given {
        timestamp_ca: Some(stamps.authority.clone()),
        ..Given::from(&assembler.bundle())
    };
    let with = |size: u64, token: &[u8]| Assembler { timestamps: vec![(size, token.to_vec())], ..honest_assembler() };
    let earlier = || vec![ledger_until(EARLIER).checkpoint()];
    let of_earlier = Assembler { cosigned: earlier(), ..with(EARLIER as u64, &stamps.earlier) };
    let mut both = Assembler { cosigned: earlier(), ..with(EARLIER as u64, &stamps.earlier) };
    both.timestamps.push((newest, stamps.newest.clone()));
    let note = cosign(&ledger().checkpoint(), &[("tampere", 21)], 30);
    let cosigned = with(newest, &stamps.newest).with_note(note).with_policy(&[("tampere", 21)], "quorum tampere\n");
    let mut flipped = stamps.newest.clone();
    *flipped.last_mut().unwrap() ^= 1;
    let unpinned = Given { timestamp_ca: None, ..given(&with(newest, &stamps.newest)) };
    vec![
        valid("honest-with-timestamp", given(&with(newest, &stamps.newest))),
        valid("honest-with-timestamp-of-an-earlier-checkpoint", given(&of_earlier)),
        valid("honest-with-timestamps-of-two-checkpoints", given(&both)),
        valid("honest-with-timestamp-and-later-cosignature", given(&cosigned)),
        unverifiable("timestamp-and-nobody-pinned", unpinned, of("timestamp-unpinned", newest)),
        unverifiable(
            "timestamp-by-another-authority",
            given(&with(newest, &stamps.stranger)),
            of("timestamp-by-another", newest),
        ),
        tampered(
            "timestamp-of-another-checkpoint",
            given(&with(newest, &stamps.earlier)),
            of("timestamp-refused", newest),
        ),
        tampered("timestamp-with-a-flipped-byte", given(&with(newest, &flipped)), of("timestamp-refused", newest)),
        tampered("timestamp-that-is-none", given(&with(newest, b"no token")), of("timestamp-refused", newest)),
        tampered(
            "timestamp-of-no-checkpoint-here",
            given(&with(EARLIER as u64, &stamps.earlier)),
            of("member-unneeded", EARLIER as u64),
        ),
    ]
}

fn of(slug: &'static str, size: u64) -> Found {
    found(by::TIMESTAMPS, slug, Member::Timestamp(size))
}

impl Stamps {
    /// As committed; when they are to be written and are stale, made anew.
    fn fresh() -> Stamps {
        let stamps = Stamps::committed();
        if let Some(stamps) = stamps.filter(Stamps::are_of_these_vectors) {
            return stamps;
        }
        assert!(
            std::env::var_os("SINETTI_WRITE_VECTORS").is_some(),
            "the timestamps are not over these vectors' checkpoints; run with SINETTI_WRITE_VECTORS=1 and commit"
        );
        Stamps::made().kept()
    }

    fn committed() -> Option<Stamps> {
        Some(Stamps {
            authority: fs::read_to_string(path("authority.pem")).ok()?,
            newest: fs::read(path("newest.tsr")).ok()?,
            earlier: fs::read(path("earlier.tsr")).ok()?,
            stranger: fs::read(path("stranger.tsr")).ok()?,
        })
    }

    fn are_of_these_vectors(&self) -> bool {
        let authority = Authority::parse(self.authority.as_bytes()).unwrap();
        authority.verify(&self.newest, ledger().checkpoint().as_bytes()).is_ok()
            && authority.verify(&self.earlier, ledger_until(EARLIER).checkpoint().as_bytes()).is_ok()
            && sinetti::timestamp::read(&self.stranger, ledger().checkpoint().as_bytes()).is_ok()
    }

    fn made() -> Stamps {
        let (tsa, other) = (Tsa::new(), Tsa::new());
        let newest = ledger().checkpoint();
        Stamps {
            authority: String::from_utf8(tsa.pem(&CHAIN)).unwrap(),
            newest: tsa.token(newest.as_bytes(), "tsa", "settings"),
            earlier: tsa.token(ledger_until(EARLIER).checkpoint().as_bytes(), "tsa", "fine"),
            stranger: other.token(newest.as_bytes(), "tsa", "settings"),
        }
    }

    fn kept(self) -> Stamps {
        fs::create_dir_all(path("")).unwrap();
        fs::write(path("authority.pem"), &self.authority).unwrap();
        for (name, token) in [("newest", &self.newest), ("earlier", &self.earlier), ("stranger", &self.stranger)] {
            fs::write(path(&format!("{name}.tsr")), token).unwrap();
        }
        self
    }
}

fn path(name: &str) -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/evidence/timestamps")).join(name)
}

#[test]
fn a_record_from_after_its_timestamp_is_found() {
    let mut bundle = honest_bundle();
    bundle.insert(Member::Timestamp(SIZE as u64), *b"a token that its judge believes");
    let asked = Asked::default();
    let slugs = |time: Instant| {
        let stamper = move |_: &[u8], message: &[u8]| {
            assert!(Note::parse(message).is_ok());
            Stamped::By { authority: "CN=tsa".to_owned(), time }
        };
        let report = Evidence::of(&bundle, &asked, &stamper, || ()).finish();
        report.findings.iter().map(|finding| finding.slug.clone()).collect::<Vec<_>>()
    };
    let last = crate::builder::moment(SIZE as u64 - 1).unix_ms();
    let after = |ms: i64| Instant::from_unix_ms(last + ms).unwrap();
    assert_eq!(slugs(after(0)), [""; 0]);
    // Clocks differ a little.
    assert_eq!(slugs(after(-60_000)), [""; 0]);
    assert_eq!(slugs(after(-62_000)), ["recorded-after-stamped"]);
}
