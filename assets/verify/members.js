// Names of the files of an evidence bundle, which are all of a fixed form, and their order.
import { sameBytes } from './bytes.js';
import { decimal } from './shape.js';
import { BadZip, readZip, writeZip } from './zip.js';

/// Kinds of files, in their order: what a name looks like, and what it holds beside its kind.
const KINDS = [
  ['readme', /^README\.txt$/],
  ['checkpoint', /^checkpoint$/],
  ['policy', /^policy$/],
  ['registry', /^registry\/(0*)(\d+)\.json$/],
  ['agreement', /^agreement\/(0*)(\d+)\.json$/],
  ['proof', /^proofs\/()(\d+)\.tlog-proof$/],
  ['heads', /^heads\.json$/],
  ['cosigned', /^cosigned\/()(\d+)$/],
  ['timestamp', /^timestamps\/()(\d+)\.tsr$/],
  ['document', /^documents\/([0-9a-f]{64})$/],
  ['disclosures', /^disclosures\.json$/],
];

/// Versions are written with six digits at least.
const PADDED = 6;
const MAX_NUMBER = 2n ** 64n - 1n;

/// What a name says: `{kind, rank, number, digest}`; null for names that no bundle has. Each file has one name.
function memberOf(name) {
  for (const [rank, [kind, pattern]] of KINDS.entries()) {
    const [, first, digits] = pattern.exec(name) ?? [];
    if (!pattern.test(name)) continue;
    if (digits === undefined) return { kind, rank, number: 0n, digest: first ?? '' };
    const number = decimal(digits);
    const written = kind === 'registry' || kind === 'agreement' ? String(number).padStart(PADDED, '0') : String(number);
    return number !== null && number <= MAX_NUMBER && `${first}${digits}` === written ? { kind, rank, number, digest: '' } : null;
  }
  return null;
}

/// The files of a bundle in their order, `[{name, kind, number, digest, content}]`, and what is wrong with the ZIP itself.
export function readBundle(bytes) {
  let members;
  try {
    members = readZip(bytes);
  } catch (error) {
    if (!(error instanceof BadZip)) throw error;
    return { files: [], defects: [error.message] };
  }
  const named = [...members].map(([name, content]) => ({ name, content, ...memberOf(name) }));
  const files = named.filter(({ kind }) => kind !== undefined).sort(inOrder);
  const defects = named.filter(({ kind }) => kind === undefined).map(({ name }) => `${JSON.stringify(name.slice(0, 200))} is no file of an evidence bundle`);
  const canonical = writeZip(new Map(files.map(({ name, content }) => [name, content])));
  if (!sameBytes(canonical, bytes)) defects.push('the ZIP does not have the one form that a bundle of these files has');
  return { files, defects };
}

function inOrder(left, right) {
  if (left.rank !== right.rank) return left.rank - right.rank;
  if (left.number !== right.number) return left.number < right.number ? -1 : 1;
  return left.digest < right.digest ? -1 : 1;
}
