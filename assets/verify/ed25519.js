// Ed25519 as this ledger verifies it: strictly. The curve's arithmetic is the browser's; what browsers let pass is
// refused before: keys and R of small order or in a second encoding, S not below the group's order.
import { fromBase64, utf8 } from './bytes.js';

/// The field's prime, the group's order, and the curve's d (RFC 8032 § 5.1).
const P = 2n ** 255n - 19n;
const L = 2n ** 252n + 27742317777372353535851937790883648493n;
const D = 37095705934669439343138083508754565189542113879843219016388785533085940283555n;

/// The y of the eight points of small order: 0, 1, −1 and, of order 8, these.
const ORDER_8 = 2707385501144840649318225287225658788936804267575313519463743609750303402022n;
const SMALL = [0n, 1n, P - 1n, ORDER_8, P - ORDER_8];

/// A signature that all accept.
const GOOD = {
  key: 'GX9rI+FshTLGq8g4+s1ep4m+DHaykgM0A5v6iz02jWE=',
  message: 'seal',
  signature: 'jhD3p5IxREw4QPdMUP5Xp7yvIDJMEhvxbhsl/ontjJOlomiLf/8cfOGX+nFKjdBFUvyoie9Rdt5++q/aqY+WBA==',
};

/// One by a key with a part of order 8, which [S]B = R + [k]A refuses and [8][S]B = [8]R + [8][k]A accepts.
const COFACTORED = {
  key: 'BCLq1s/S4q2kVxpXg+L0+5gzkPrJsR+StptonQfhAxc=',
  message: 'seal 4',
  signature: '8m2idRywiINeI6Lf4GpsqaIvnnb57tH+72VUnMwDqmtG0en4iJeMyGHJmNL55QxN1LaT/G/x88F91MeM3gzKBA==',
};

/// Whether `key` is a public key that a ledger accepts: a point of the curve in its one encoding, not of small order.
export function isGoodKey(key) {
  return key.length === 32 && isGoodPoint(key) && isOnCurve(key);
}

/// Strict verification: S < L; A and R canonical and not of small order; no cofactor.
export async function verifyEd25519(key, message, signature) {
  if (!isGoodKey(key) || signature.length !== 64) return false;
  if (!isGoodPoint(signature.subarray(0, 32)) || littleEndian(signature.subarray(32)) >= L) return false;
  return verifyByBrowser(key, message, signature);
}

/// Whether this browser's own verification can be relied on: there is one, it accepts a good signature, and refuses one
/// that holds only for those who multiply by the cofactor.
export async function isEd25519Reliable() {
  try {
    const [good, cofactored] = await Promise.all([GOOD, COFACTORED].map(({ key, message, signature }) =>
      verifyByBrowser(fromBase64(key), utf8(message), fromBase64(signature))));
    return good && !cofactored;
  } catch {
    return false;
  }
}

async function verifyByBrowser(bytes, message, signature) {
  let key;
  try {
    key = await crypto.subtle.importKey('raw', bytes, { name: 'Ed25519' }, false, ['verify']);
  } catch (error) {
    // Some browsers look at the point already here.
    if (error.name === 'NotSupportedError') throw error;
    return false;
  }
  return crypto.subtle.verify({ name: 'Ed25519' }, key, signature, message);
}

/// Canonically encoded (y < P, and no sign on x = 0) and not of small order.
function isGoodPoint(bytes) {
  const y = yOf(bytes);
  return y < P && !SMALL.includes(y);
}

/// x² = (y² − 1) / (d y² + 1) has a root, by Euler's criterion. Points with x = 0 are of small order.
function isOnCurve(bytes) {
  const square = yOf(bytes) ** 2n % P;
  const over = (square - 1n) * (D * square + 1n) % P;
  return power(over, (P - 1n) / 2n) === 1n;
}

function power(base, exponent) {
  let [result, square] = [1n, ((base % P) + P) % P];
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = result * square % P;
    square = square * square % P;
  }
  return result;
}

function yOf(bytes) {
  return littleEndian(bytes) & (2n ** 255n - 1n);
}

function littleEndian(bytes) {
  return bytes.reduceRight((number, byte) => number * 256n + BigInt(byte), 0n);
}
