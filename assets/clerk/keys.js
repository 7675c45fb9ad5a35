// The desk's keys. A private key is made or opened here, can't be read out again, and signs here; nothing sends it.
import { fromBase64, toBase64, toHex } from './bytes.js';
import { all, put, remove } from './database.js';
import { isGoodKey } from './ed25519.js';
import { sha256 } from './hash.js';
import { BadKeyFile, openKeyFile } from './pem.js';

const ED25519 = { name: 'Ed25519' };

/// Letters of a fingerprint's words: every 16 bits are five letters that can be said aloud (proquints).
const CONSONANTS = 'bdfghjklmnprstvz';
const VOWELS = 'aiou';
const FINGERPRINT_BYTES = 12;

/// The keys kept in this browser, the newest first.
export async function kept() {
  return (await all('keys')).sort((one, other) => other.made - one.made);
}

/// Makes a key that never leaves this browser, and asks it not to forget.
export async function makeKey(party) {
  const pair = await crypto.subtle.generateKey(ED25519, false, ['sign', 'verify']);
  const raw = new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey));
  const key = await described(pair.privateKey, raw, { party, made: Date.now() });
  await put('keys', key);
  const lasting = await navigator.storage?.persist?.() ?? false;
  return { key, lasting };
}

export function forget(id) {
  return remove('keys', id);
}

/// The key in a key file; it is not kept.
///
/// Throws BadKeyFile.
export async function fromFile(text, passphrase) {
  const pkcs8 = await openKeyFile(text, passphrase);
  // The public half is asked of a copy that can be read; the key that signs can't be.
  const readable = await crypto.subtle.importKey('pkcs8', pkcs8, ED25519, true, ['sign']);
  const { x } = await crypto.subtle.exportKey('jwk', readable);
  const raw = fromBase64(x.replace(/-/g, '+').replace(/_/g, '/').padEnd(44, '='));
  const key = await crypto.subtle.importKey('pkcs8', pkcs8, ED25519, false, ['sign']);
  pkcs8.fill(0);
  return described(key, raw, {});
}

/// A signature over `message` as an envelope has it.
export async function sign(key, message) {
  const signature = await crypto.subtle.sign(ED25519, key.privateKey, message);
  return { keyid: key.id, sig: toBase64(new Uint8Array(signature)) };
}

/// A key's id as words that two people can compare on the telephone.
export function fingerprint(id) {
  const words = [];
  for (let at = 0; at < FINGERPRINT_BYTES * 2; at += 4) words.push(word(Number.parseInt(id.slice(at, at + 4), 16)));
  return words.join(' ');
}

/// The id of a public key in base64: SHA-256 of its bytes, in hex.
export async function idOf(publicKey) {
  return toHex(await sha256(fromBase64(publicKey)));
}

function word(bits) {
  const letters = [[CONSONANTS, 12], [VOWELS, 10], [CONSONANTS, 6], [VOWELS, 4], [CONSONANTS, 0]];
  return letters.map(([from, shift]) => from[(bits >> shift) & (from.length - 1)]).join('');
}

async function described(privateKey, raw, more) {
  if (!isGoodKey(raw)) throw new BadKeyFile('key-file-weak');
  return { id: toHex(await sha256(raw)), publicKey: toBase64(raw), privateKey, ...more };
}
