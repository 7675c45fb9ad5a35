// Values of parsed JSON, held to the one form that each has. A parser takes a value and answers it, or throws Malformed.
import { fromBase64 } from './bytes.js';

/// A value does not have the form that its place asks for.
export class Malformed extends Error {
  constructor(member, reason) {
    super(`${member}: ${reason}`);
    this.member = member;
  }
}

/// The words that can't name an agreement, `registry` apart, which names the ledger's own stream.
const RESERVED = ['registrar', 'parties', 'clerk', 'verify', 'about', 'privacy', 'accessibility', 'api'];

/// The last instant that the program's own calendar knows: 9999-12-30T22:00:00.999Z.
const LAST_INSTANT = 253402207200999;

/// An object with exactly these members, each parsed; `optional` may be missing.
export function members(parsers, optional = {}) {
  const all = { ...parsers, ...optional };
  return (value, at) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Malformed(at, 'not an object');
    const unknown = Object.keys(value).find((name) => !Object.hasOwn(all, name));
    if (unknown !== undefined) throw new Malformed(at, `unknown member ${unknown}`);
    const missing = Object.keys(parsers).find((name) => !Object.hasOwn(value, name));
    if (missing !== undefined) throw new Malformed(at, `no member ${missing}`);
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, all[name](inner, `${at}.${name}`)]));
  };
}

/// A list of what `parser` takes.
export function list(parser) {
  return (value, at) => {
    if (!Array.isArray(value)) throw new Malformed(at, 'not a list');
    return value.map((item, index) => parser(item, `${at}[${index}]`));
  };
}

export function text(value, at) {
  if (typeof value !== 'string') throw new Malformed(at, 'not text');
  return value;
}

function matching(pattern, what) {
  return (value, at) => {
    if (!pattern.test(text(value, at))) throw new Malformed(at, `not ${what}`);
    return value;
  };
}

const slug = matching(/^[a-z0-9][a-z0-9-]{0,63}$/, 'an id');

export const party = slug;

export function stream(value, at) {
  if (RESERVED.includes(slug(value, at))) throw new Malformed(at, 'a reserved word');
  return value;
}

export function origin(value, at) {
  if (!/^[a-z0-9./:_-]{1,200}$/.test(text(value, at)) || value.startsWith('cosignature/')) throw new Malformed(at, 'not an origin');
  return value;
}

export const eventId = matching(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/, 'a UUID of version 7');
export const eventType = matching(/^[a-z][a-z0-9_]{0,63}$/, 'an event type');
export const digest = matching(/^[0-9a-f]{64}$/, 'a SHA-256 value in hex');

export function count(value, at) {
  if (!Number.isSafeInteger(value) || value < 0) throw new Malformed(at, 'not a whole number from 0 on');
  return value;
}

export function isFlag(value, at) {
  if (typeof value !== 'boolean') throw new Malformed(at, 'neither true nor false');
  return value;
}

/// A calendar date as `YYYY-MM-DD`.
export function date(value, at) {
  const midnight = /^\d{4}-\d\d-\d\d$/.test(text(value, at)) ? Date.parse(`${value}T00:00:00.000Z`) : NaN;
  if (Number.isNaN(midnight) || !new Date(midnight).toISOString().startsWith(value)) throw new Malformed(at, 'not a date');
  return value;
}

export function base64(value, at) {
  const bytes = fromBase64(value);
  if (bytes === null) throw new Malformed(at, 'not canonical padded base64');
  return bytes;
}

export function hash(value, at) {
  const bytes = base64(value, at);
  if (bytes.length !== 32) throw new Malformed(at, 'not 32 bytes');
  return bytes;
}

/// Milliseconds since 1970 of `YYYY-MM-DDThh:mm:ss.mmmZ`.
export function instant(value, at) {
  const ms = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(text(value, at)) ? Date.parse(value) : NaN;
  if (!(ms >= 0 && ms <= LAST_INSTANT) || new Date(ms).toISOString() !== value) throw new Malformed(at, 'not an instant');
  return ms;
}

/// ASCII decimal in its only form, as BigInt; null otherwise.
export function decimal(value) {
  return /^(0|[1-9][0-9]{0,19})$/.test(value) ? BigInt(value) : null;
}
