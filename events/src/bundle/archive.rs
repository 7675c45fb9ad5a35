//! The ZIP: every member stored, in order, dated 1980-01-01, with nothing that could differ.
//!
//! What is read is written again and compared, so that a bundle has one form only, whatever a
//! lenient reader would make of another.

use std::io::{Cursor, Read, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, System, ZipArchive, ZipWriter};

use super::Bundle;
use super::member::{Member, UnknownMember};

/// Most members: what a ZIP can have without the extensions of ZIP64.
pub const MAX_MEMBERS: usize = 65_535;

/// Most bytes of a ZIP without the extensions of ZIP64.
const MAX_BYTES: u64 = u32::MAX as u64;

/// The members don't fit into one bundle.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the bundle would have {members} members and {bytes} bytes; a ZIP has {MAX_MEMBERS} and {MAX_BYTES} at most")]
pub struct TooLarge {
    /// How many members there are.
    pub members: usize,
    /// Their bytes.
    pub bytes: u64,
}

/// A defect of the ZIP itself.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadArchive {
    /// No ZIP at all.
    #[error("this is no ZIP file that can be read: {0}")]
    Unreadable(String),
    /// A member that a bundle does not have.
    #[error(transparent)]
    Unknown(#[from] UnknownMember),
    /// A member that can't be read.
    #[error("{name} can't be read: {reason}")]
    Member {
        /// Its name, or its place when it has none.
        name: String,
        /// Why.
        reason: String,
    },
    /// A member is there twice.
    #[error("{0} is there twice")]
    Twice(Member),
    /// The members say they are longer than the file.
    #[error("the members overlap: together they are longer than the file")]
    Overlap,
    /// Another form than the one way to write these members.
    #[error("byte {position} of the ZIP is not that of the one form that a bundle of these members has")]
    NotCanonical {
        /// Zero-based place of the first byte that differs.
        position: usize,
    },
}

impl Bundle {
    /// The ZIP.
    ///
    /// # Errors
    ///
    /// There is too much for one.
    pub fn to_bytes(&self) -> Result<Vec<u8>, TooLarge> {
        // Each member has a local and a central header of 30 and 46 bytes and its name twice.
        let size = |(member, bytes): (Member, &[u8])| 76 + 2 * member.to_string().len() as u64 + bytes.len() as u64;
        let too_large = TooLarge { members: self.members.len(), bytes: self.iter().map(size).sum() };
        if too_large.members > MAX_MEMBERS || too_large.bytes > MAX_BYTES {
            return Err(too_large);
        }
        write(self).map_err(|_| too_large)
    }

    /// Reads a ZIP: the members that can be read, and every defect of the ZIP itself.
    pub fn read(bytes: &[u8]) -> (Bundle, Vec<BadArchive>) {
        let mut archive = match ZipArchive::new(Cursor::new(bytes)) {
            Ok(archive) => archive,
            Err(error) => return (Bundle::new(), vec![BadArchive::Unreadable(error.to_string())]),
        };
        let (mut bundle, mut defects, mut room) = (Bundle::new(), Vec::new(), bytes.len() as u64);
        for place in 0..archive.len() {
            match read_member(&mut archive, place, &mut room) {
                Ok((member, _)) if bundle.get(member).is_some() => defects.push(BadArchive::Twice(member)),
                Ok((member, bytes)) => bundle.insert(member, bytes),
                Err(BadArchive::Overlap) => {
                    defects.push(BadArchive::Overlap);
                    break;
                }
                Err(defect) => defects.push(defect),
            }
        }
        defects.extend(not_canonical(&bundle, bytes));
        (bundle, defects)
    }
}

fn write(bundle: &Bundle) -> zip::result::ZipResult<Vec<u8>> {
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Stored)
        .last_modified_time(DateTime::DEFAULT)
        .system(System::Unix)
        .unix_permissions(0o644);
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (member, bytes) in bundle.iter() {
        zip.start_file(member.to_string(), options)?;
        zip.write_all(bytes)?;
    }
    Ok(zip.finish()?.into_inner())
}

/// One member's bytes as they lie in the file; its checksum is compared with the whole form.
fn read_member(
    archive: &mut ZipArchive<Cursor<&[u8]>>,
    place: usize,
    room: &mut u64,
) -> Result<(Member, Vec<u8>), BadArchive> {
    let unnamed = |error: zip::result::ZipError| BadArchive::Member {
        name: format!("member {place}"),
        reason: error.to_string(),
    };
    let mut file = archive.by_index_raw(place).map_err(unnamed)?;
    let name = String::from_utf8_lossy(file.name_raw()).into_owned();
    let bad = |reason: String| BadArchive::Member { name: name.clone(), reason };
    let member: Member = name.parse()?;
    if file.compression() != CompressionMethod::Stored || file.compressed_size() != file.size() {
        return Err(bad("it is compressed; members are stored".to_owned()));
    }
    // Members that lie over each other must not make a small file a large one.
    *room = room.checked_sub(file.size()).ok_or(BadArchive::Overlap)?;
    let mut bytes = Vec::new();
    file.read_to_end(&mut bytes).map_err(|error| bad(error.to_string()))?;
    Ok((member, bytes))
}

fn not_canonical(bundle: &Bundle, bytes: &[u8]) -> Option<BadArchive> {
    let canonical = bundle.to_bytes().unwrap_or_default();
    let same = canonical.iter().zip(bytes).take_while(|(left, right)| left == right).count();
    (canonical != bytes).then_some(BadArchive::NotCanonical { position: same })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::primitives::hash::Digest;

    fn bundle() -> Bundle {
        let mut bundle = Bundle::new();
        bundle.insert(Member::Disclosures, *b"[]");
        bundle.insert(Member::Readme, "Hei – tässä");
        bundle.insert(Member::Agreement(1), *b"{\"a\":1}");
        bundle.insert(Member::Checkpoint, *b"");
        bundle.insert(Member::Document(Digest::of(b"PK\x01\x02PK\x05\x06")), *b"PK\x01\x02PK\x05\x06");
        bundle
    }

    fn defects(bytes: &[u8]) -> Vec<BadArchive> {
        Bundle::read(bytes).1
    }

    /// The bytes are the format, whatever version of the crate writes them.
    #[test]
    fn every_byte_of_the_zip_is_as_the_format_says() {
        let mut bundle = Bundle::new();
        bundle.insert(Member::Readme, *b"hei");
        bundle.insert(Member::Policy, *b"");
        let local = |name: &str, crc: &str, size: &str| {
            let length = format!("{:02x}00", name.len());
            format!("504b0304 0a00 0000 0000 0000 2100 {crc} {size} {size} {length} 0000 {}", hex::encode(name))
        };
        let central = |name: &str, crc: &str, size: &str, at: &str| {
            let length = format!("{:02x}00", name.len());
            format!(
                "504b0102 0a03 0a00 0000 0000 0000 2100 {crc} {size} {size} {length} 0000 0000 0000 0000 0000a481 {at} {}",
                hex::encode(name)
            )
        };
        let expected = [
            local("README.txt", "94056195", "03000000"),
            hex::encode("hei"),
            local("policy", "00000000", "00000000"),
            central("README.txt", "94056195", "03000000", "00000000"),
            central("policy", "00000000", "00000000", "2b000000"),
            "504b0506 0000 0000 0200 0200 6c000000 4f000000 0000".to_owned(),
        ];
        assert_eq!(hex::encode(bundle.to_bytes().unwrap()), expected.concat().replace(' ', ""));
    }

    #[test]
    fn what_is_written_is_read_again() {
        let bytes = bundle().to_bytes().unwrap();
        assert_eq!(Bundle::read(&bytes), (bundle(), vec![]));
        assert_eq!(bundle().to_bytes().unwrap(), bytes);
    }

    #[test]
    fn no_changed_missing_or_added_byte_is_taken_for_a_bundle() {
        let good = bundle().to_bytes().unwrap();
        for at in 0..good.len() {
            for bits in [0x01, 0x80] {
                let mut changed = good.clone();
                changed[at] ^= bits;
                assert_ne!(defects(&changed), [], "byte {at}, bits {bits}");
            }
            assert_ne!(defects(&good[..at]), [], "cut at {at}");
            let (before, after) = good.split_at(at);
            assert_ne!(defects(&[before, b"x", after].concat()), [], "a byte more at {at}");
        }
        assert_ne!(defects(&[&good[..], b"x"].concat()), []);
        assert_ne!(defects(&[b"x", &good[..]].concat()), []);
        assert_ne!(defects(&[&good[..], &good[..]].concat()), []);
    }

    #[test]
    fn a_changed_member_is_read_all_the_same() {
        let mut bytes = bundle().to_bytes().unwrap();
        let at = bytes.windows(3).position(|window| window == b"\"a\"").unwrap();
        bytes[at + 1] = b'b';
        let (read, defects) = Bundle::read(&bytes);
        assert_eq!(read.get(Member::Agreement(1)), Some(&b"{\"b\":1}"[..]));
        assert!(matches!(defects[..], [BadArchive::NotCanonical { .. }]), "{defects:?}");
    }

    #[test]
    fn other_members_orders_and_forms_are_refused() {
        let zip = |options: SimpleFileOptions, names: &[&str]| {
            let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
            for name in names {
                zip.start_file(*name, options).unwrap();
                zip.write_all(b"x").unwrap();
            }
            zip.finish().unwrap().into_inner()
        };
        let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
        assert_eq!(defects(&zip(stored.last_modified_time(DateTime::DEFAULT), &["checkpoint", "policy"])), []);
        let order = zip(stored, &["policy", "checkpoint"]);
        assert!(matches!(defects(&order)[..], [BadArchive::NotCanonical { .. }]));
        let unknown = zip(stored, &["checkpoint", "../../etc/passwd"]);
        assert!(defects(&unknown).contains(&BadArchive::Unknown(UnknownMember("../../etc/passwd".into()))));
        let mode = zip(stored.unix_permissions(0o755), &["checkpoint"]);
        assert!(matches!(defects(&mode)[..], [BadArchive::NotCanonical { .. }]));
        let dated =
            zip(stored.last_modified_time(DateTime::from_date_and_time(2026, 1, 1, 0, 0, 0).unwrap()), &["checkpoint"]);
        assert!(matches!(defects(&dated)[..], [BadArchive::NotCanonical { .. }]));
    }

    #[test]
    fn nothing_and_rubbish_are_no_bundles() {
        for bytes in [&b""[..], b"PK", b"hello", &[0; 100], &[0xff; 5000]] {
            assert!(matches!(defects(bytes)[..], [BadArchive::Unreadable(_)]));
        }
    }
}
