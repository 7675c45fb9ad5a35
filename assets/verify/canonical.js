// RFC 8785 (JCS) canonical JSON, narrowed: integers within ±(2^53−1), no null, ASCII member names, NFC strings without
// characters that hide. One pass over the bytes finds the first wrong one.
import { textOf, utf8, utf8Until } from './bytes.js';
import { isRefused } from './characters.js';

/// Deepest nesting of objects and arrays.
const MAX_DEPTH = 16;

/// Which member names are allowed: those of payloads, or any printable ASCII (DSSE has `payloadType`).
export const SNAKE_CASE = /^[a-z][a-z0-9_]*$/;
export const ASCII = /^[ !#-[\]-~]+$/;

/// The first byte that is not canonical: `position` and what the `problem` is there. `unsure` marks a character that
/// this program knows and the browser's own tables don't yet, so that its normal form can't be judged here.
export class NotCanonical extends Error {
  constructor(position, problem, unsure = false) {
    super(`not canonical JSON (RFC 8785) at byte ${position}: ${problem}`);
    this.position = position;
    this.unsure = unsure;
  }
}

/// The value that `bytes` are the canonical form of.
///
/// Throws NotCanonical.
export function parseCanonical(bytes, names) {
  checkCanonical(bytes, names);
  // No member stands twice and no integer is beyond 2^53 − 1, so nothing is lost here.
  return JSON.parse(textOf(bytes));
}

/// Checks that `bytes` are one canonical JSON value.
///
/// Throws NotCanonical.
export function checkCanonical(bytes, names) {
  const valid = utf8Until(bytes);
  if (valid < bytes.length) throw new NotCanonical(valid, 'not UTF-8');
  const scanner = new Scanner(bytes, names);
  scanner.value(0);
  if (scanner.at < bytes.length) scanner.fail('something follows the value');
}

class Scanner {
  constructor(bytes, names) {
    this.bytes = bytes;
    this.names = names;
    this.at = 0;
  }

  fail(problem, position = this.at) {
    throw new NotCanonical(position, problem);
  }

  /// The byte here as a character; the empty string at the end.
  peek() {
    return this.at < this.bytes.length ? String.fromCharCode(this.bytes[this.at]) : '';
  }

  expect(character) {
    const found = this.peek();
    if (found === '') this.fail('ends too early');
    if (found !== character) this.fail('unexpected byte; there is no white space between tokens');
    this.at += 1;
  }

  value(depth) {
    if (depth > MAX_DEPTH) this.fail(`nested deeper than ${MAX_DEPTH}`);
    const first = this.peek();
    if (first === '{') return this.object(depth);
    if (first === '[') return this.list('[', ']', () => this.value(depth + 1));
    if (first === '"') return this.string();
    if (first === '-' || isDigit(first)) return this.integer();
    if (first === 't') return this.literal('true');
    if (first === 'f') return this.literal('false');
    if (first === '') this.fail('ends too early');
    return this.fail(this.startsWith('null') ? 'null is not allowed' : 'unexpected byte');
  }

  list(open, close, item) {
    this.expect(open);
    if (this.peek() !== close) {
      for (item(); this.peek() !== close; item()) this.expect(',');
    }
    this.at += 1;
  }

  object(depth) {
    let last = null;
    this.list('{', '}', () => {
      const start = this.at;
      const name = this.string();
      this.name(start, name, last);
      last = name;
      this.expect(':');
      this.value(depth + 1);
    });
  }

  /// Names are ASCII, so that their order is that of UTF-16 units (RFC 8785 § 3.2.3).
  name(position, name, last) {
    if (!this.names.test(name)) this.fail('a member name that is not allowed here', position);
    if (name === last) this.fail('duplicate member', position);
    if (last !== null && last > name) this.fail('members out of order', position);
  }

  /// The text between the quotes, escapes and all.
  string() {
    this.expect('"');
    const start = this.at;
    let plain = true;
    for (; this.peek() !== '"'; this.at += 1) {
      const byte = this.bytes[this.at];
      if (byte === undefined) this.fail('ends too early');
      if (byte === 0x5c) {
        if (this.bytes[this.at + 1] !== 0x22 && this.bytes[this.at + 1] !== 0x5c) this.fail('only \\" and \\\\ are escaped');
        this.at += 1;
      }
      plain &&= byte >= 0x20 && byte < 0x7f;
    }
    const text = textOf(this.bytes.subarray(start, this.at));
    if (!plain) checkText(text, start);
    this.at += 1;
    return text;
  }

  integer() {
    const start = this.at;
    if (this.peek() === '-') this.at += 1;
    const from = this.at;
    while (isDigit(this.peek())) this.at += 1;
    if (['.', 'e', 'E'].includes(this.peek())) this.fail('only integers are allowed', start);
    const digits = textOf(this.bytes.subarray(from, this.at));
    const shortest = digits === '0' ? from === start : /^[1-9][0-9]*$/.test(digits);
    // Rounding of what is beyond 2^53 never comes back below it.
    if (!shortest || Number(digits) > Number.MAX_SAFE_INTEGER) this.fail('not the shortest form, or beyond ±(2^53−1)', start);
  }

  literal(word) {
    if (!this.startsWith(word)) this.fail('unexpected byte');
    this.at += word.length;
  }

  startsWith(word) {
    return textOf(this.bytes.subarray(this.at, this.at + word.length)) === word;
  }
}

function isDigit(character) {
  return character >= '0' && character <= '9';
}

/// Checks the characters of a string that begins at byte `start`.
function checkText(text, start) {
  let at = start;
  let unsure = null;
  for (const character of text) {
    if (isRefused(character.codePointAt(0))) throw new NotCanonical(at, 'an invisible, control or unassigned character');
    if (/\p{Cn}/u.test(character)) unsure ??= at;
    at += utf8(character).length;
  }
  if (unsure !== null) throw new NotCanonical(unsure, 'a character that this browser does not know yet', true);
  const nfc = text.normalize('NFC');
  if (nfc !== text) throw new NotCanonical(start + firstDifference(text, nfc), 'not in Unicode normalisation form C');
}

/// Offset in UTF-8 of the first character in which two texts differ.
function firstDifference(left, right) {
  const others = right[Symbol.iterator]();
  let at = 0;
  for (const character of left) {
    const other = others.next();
    if (other.done) break;
    if (character !== other.value) return at;
    at += utf8(character).length;
  }
  return Math.min(utf8(left).length, utf8(right).length);
}
