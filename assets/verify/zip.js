// The ZIP of an evidence bundle: every member stored, dated 1980-01-01, with nothing that could differ. What is read can be
// written again and compared, so that a bundle has one form only, whatever a lenient reader would make of another.
import { join, textOf, utf8 } from './bytes.js';

const MAX_MEMBERS = 65_535;
const LOCAL = 0x04034b50;
const CENTRAL = 0x02014b50;
const END = 0x06054b50;
const [LOCAL_LENGTH, CENTRAL_LENGTH, END_LENGTH] = [30, 46, 22];

/// Version 1.0 to extract; made by the same under Unix; 1980-01-01 00:00:00; a plain file, 0644.
const NEEDED = 10;
const MADE_BY = (3 << 8) | NEEDED;
const DATE = 0x21;
const ATTRIBUTES = 0o100644 * 65536;

/// The bytes are no ZIP that can be read.
export class BadZip extends Error {}

/// The members of a ZIP, by name.
///
/// Throws BadZip.
export function readZip(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const end = bytes.length - END_LENGTH;
  if (end < 0 || view.getUint32(end, true) !== END) throw new BadZip('no end record where it must be: cut short, or something follows it');
  const count = view.getUint16(end + 10, true);
  const members = new Map();
  let [at, room] = [view.getUint32(end + 16, true), bytes.length];
  for (let member = 0; member < count; member += 1) {
    const { name, content, next } = readMember(bytes, view, at);
    // Members that lie over each other must not make a small file a large one.
    room -= content.length;
    if (room < 0) throw new BadZip('the members overlap');
    if (members.has(name)) throw new BadZip(`${name} is there twice`);
    members.set(name, content);
    at = next;
  }
  return members;
}

function readMember(bytes, view, at) {
  if (at + CENTRAL_LENGTH > bytes.length || view.getUint32(at, true) !== CENTRAL) throw new BadZip('a central header is not where it must be');
  const size = view.getUint32(at + 24, true);
  const nameLength = view.getUint16(at + 28, true);
  const name = textOf(bytes.subarray(at + CENTRAL_LENGTH, at + CENTRAL_LENGTH + nameLength));
  const local = view.getUint32(at + 42, true);
  if (name === null || local + LOCAL_LENGTH > bytes.length || view.getUint32(local, true) !== LOCAL) throw new BadZip('a member without name or local header');
  if (view.getUint16(at + 10, true) !== 0 || view.getUint32(at + 20, true) !== size) throw new BadZip(`${name} is compressed; members are stored`);
  const start = local + LOCAL_LENGTH + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
  if (start + size > bytes.length) throw new BadZip(`${name} is longer than the file`);
  return { name, content: bytes.subarray(start, start + size), next: at + CENTRAL_LENGTH + nameLength };
}

/// The one ZIP of these members in this order.
export function writeZip(members) {
  if (members.size > MAX_MEMBERS) throw new BadZip('too many members');
  const [locals, centrals] = [[], []];
  let offset = 0;
  for (const [name, content] of members) {
    const common = header(name, content);
    const local = join(fields([4, LOCAL]), common, utf8(name), content);
    // Comment, disk, internal and external attributes, place of the local header.
    const rest = fields([2, 0], [2, 0], [2, 0], [4, ATTRIBUTES], [4, offset]);
    centrals.push(join(fields([4, CENTRAL], [2, MADE_BY]), common, rest, utf8(name)));
    locals.push(local);
    offset += local.length;
  }
  const central = join(...centrals);
  const end = fields([4, END], [2, 0], [2, 0], [2, members.size], [2, members.size], [4, central.length], [4, offset], [2, 0]);
  return join(...locals, central, end);
}

/// What local and central header share: version, flags, method, time, date, checksum, sizes, lengths of name and extra.
function header(name, content) {
  const size = content.length;
  return fields([2, NEEDED], [2, 0], [2, 0], [2, 0], [2, DATE], [4, crc32(content)], [4, size], [4, size], [2, utf8(name).length], [2, 0]);
}

/// Little-endian numbers: `[bytes, value]`.
function fields(...numbers) {
  const out = new Uint8Array(numbers.reduce((length, [bytes]) => length + bytes, 0));
  const view = new DataView(out.buffer);
  let at = 0;
  for (const [bytes, value] of numbers) {
    if (bytes === 2) view.setUint16(at, value, true);
    else view.setUint32(at, value, true);
    at += bytes;
  }
  return out;
}

const CRC = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  return crc;
});

function crc32(bytes) {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = CRC[(crc ^ byte) & 0xff] ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
}
