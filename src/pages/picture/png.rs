//! PNG (ISO/IEC 15948): as little of it as a picture of eight bits a channel needs.

use std::io::{self, Write as _};

use flate2::write::ZlibEncoder;
use flate2::{Compression, Crc};

const SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n";

/// Eight bits a sample, truecolour, and the only methods of compression, filtering and order.
const FORM: [u8; 5] = [8, 2, 0, 0, 0];

/// Before each line: it is not filtered.
const UNFILTERED: u8 = 0;

/// A picture of `width` pixels a line, three bytes each, from the top.
pub(super) fn png(width: u32, rgb: &[u8]) -> io::Result<Vec<u8>> {
    let line = (width as usize).max(1).saturating_mul(3);
    let height = u32::try_from(rgb.len() / line).map_err(io::Error::other)?;
    let mut lines = ZlibEncoder::new(Vec::new(), Compression::default());
    for line in rgb.chunks_exact(line) {
        lines.write_all(&[UNFILTERED])?;
        lines.write_all(line)?;
    }
    let header = [&width.to_be_bytes()[..], &height.to_be_bytes(), &FORM].concat();
    let mut file = SIGNATURE.to_vec();
    for (kind, data) in [(b"IHDR", header), (b"IDAT", lines.finish()?), (b"IEND", Vec::new())] {
        chunk(&mut file, kind, &data)?;
    }
    Ok(file)
}

/// § 5.3: length, kind, data, and the check of kind and data.
fn chunk(file: &mut Vec<u8>, kind: &[u8; 4], data: &[u8]) -> io::Result<()> {
    let mut check = Crc::new();
    check.update(kind);
    check.update(data);
    let length = u32::try_from(data.len()).map_err(io::Error::other)?;
    for part in [&length.to_be_bytes()[..], kind, data, &check.sum().to_be_bytes()] {
        file.extend_from_slice(part);
    }
    Ok(())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn two_pixels_are_the_file_that_the_standard_describes() {
        let file = png(1, &[255, 0, 0, 0, 0, 255]).unwrap();
        let (head, rest) = file.split_at(33);
        let header = *b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\0\x01\0\0\0\x02\x08\x02\0\0\0";
        assert_eq!(head[..29], header);
        assert_eq!(&rest[4..8], b"IDAT");
        let length = u32::from_be_bytes(rest[..4].try_into().unwrap()) as usize;
        let mut lines = Vec::new();
        io::Read::read_to_end(&mut flate2::read::ZlibDecoder::new(&rest[8..8 + length]), &mut lines).unwrap();
        assert_eq!(lines, [0, 255, 0, 0, 0, 0, 0, 255]);
        // The last chunk is the same in every file, its check too.
        assert_eq!(rest[8 + length + 4..], *b"\0\0\0\0IEND\xaeB`\x82");
    }
}
