// What stands beside the records of a bundle: documents, and disclosures of personal data.
import { toBase64, toHex, utf8 } from './bytes.js';
import { ASCII, NotCanonical, parseCanonical } from './canonical.js';
import { sha256 } from './hash.js';
import { REGISTRAR, REGISTRY } from './keyring.js';
import { Malformed, base64, eventId, text } from './shape.js';

const MAX_DISCLOSURE = 20_000;

/// Each document has the digest that it is named by, an event of the agreement names it, and none was erased. `said` are the
/// bundle's events; `erasures` those that the registry records.
export async function checkDocuments(files, said, erasures, report) {
  const events = [...said.values()].filter(({ payload }) => payload.agreement !== REGISTRY);
  const named = events.flatMap((event) => digests(event.payload.data, '').map((found) => ({ event, ...found })));
  for (const { name, digest, content } of files.filter(({ kind }) => kind === 'document')) {
    report.file = name;
    const found = toHex(await sha256(content));
    if (found !== digest) report.tampered(null, 'document', 'document-altered', `its SHA-256 is ${found}`);
    else report.count('documents');
    const namings = named.filter((naming) => naming.digest === digest);
    if (namings.length === 0) report.tampered(null, 'document', 'member-unneeded', 'no record of this bundle names it');
    // Whose erasure counts of a document is the registrar's only: others may name it too.
    const erased = namings.find(({ event, pointer }) => isErased(erasures, event.payload.event, pointer, REGISTRAR));
    if (erased !== undefined) report.tampered(null, 'document', 'document-erased', `record ${erased.event.index} names it, and the registrar erased it; it is here`);
  }
}

/// Whether a disclosure or document of an event by `actor` was erased, by that actor or the registrar.
function isErased(erasures, event, pointer, actor) {
  return erasures.some((erasure) => erasure.event === event && erasure.pointer === pointer && (erasure.by === actor || erasure.by === REGISTRAR));
}

/// Every SHA-256 in hex that stands in the members of an event, with its RFC 6901 pointer. Names need no escaping.
function digests(value, pointer) {
  if (typeof value === 'string') return /^[0-9a-f]{64}$/.test(value) ? [{ digest: value, pointer }] : [];
  if (typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([name, inner]) => digests(inner, `${pointer}/${name}`));
}

/// Each opens a commitment of an event here, none is there twice, none should be erased. `said` are the bundle's events,
/// the registry's first; `erasures` those that the registry records.
export async function checkDisclosures(file, said, erasures, report) {
  report.file = file.name;
  const malformed = (reason) => report.tampered(null, 'disclosures', 'disclosures-malformed', reason);
  let disclosures;
  try {
    disclosures = disclosuresOf(parseCanonical(file.content, ASCII));
  } catch (error) {
    if (error instanceof NotCanonical || error instanceof Malformed) return malformed(error.message);
    throw error;
  }
  let before = null;
  for (const disclosure of disclosures) {
    const event = said.get(disclosure.event);
    if (event === undefined) {
      report.tampered(null, 'disclosures', 'disclosure-refused', `event ${disclosure.event} is not in this bundle`);
      continue;
    }
    await checkDisclosure(disclosure, event, erasures, report);
    const place = { at: event.place, pointer: disclosure.pointer };
    if (before !== null && (place.at < before.at || (place.at === before.at && place.pointer <= before.pointer))) malformed(`${disclosure.pointer} is out of order or twice there`);
    before = place;
  }
  return undefined;
}

async function checkDisclosure({ salt, event, pointer, value }, { index, payload }, erasures, report) {
  // The file is canonical, so this is the canonical form of the disclosure too.
  const bytes = utf8(JSON.stringify([salt, event, pointer, value]));
  const committed = pointed(payload.data, pointer);
  const opens = Object.keys(committed ?? {}).join() === 'sd' && bytes.length <= MAX_DISCLOSURE && committed.sd === toBase64(await sha256(bytes));
  if (opens) report.count('disclosures');
  else report.tampered(index, 'disclosures', 'disclosure-refused', `${pointer} does not match the digest in what was signed`);
  if (isErased(erasures, event, pointer, payload.actor)) report.tampered(index, 'disclosures', 'disclosure-erased', `${pointer} was erased, by a record of the registry, and is here`);
}

/// `[salt, event, pointer, value]` each; a value is one text or paragraphs.
function disclosuresOf(value) {
  if (!Array.isArray(value)) throw new Malformed('disclosures', 'not a list');
  return value.map((parts) => {
    if (!Array.isArray(parts) || parts.length !== 4) throw new Malformed('disclosures', 'not [salt, event, pointer, value]');
    const [salt, event, pointer, disclosed] = parts;
    if (base64(salt, 'salt').length !== 16) throw new Malformed('salt', 'not 16 bytes');
    const paragraphs = Array.isArray(disclosed) ? disclosed : [disclosed];
    paragraphs.forEach((paragraph) => text(paragraph, 'value'));
    return { salt, event: eventId(event, 'event'), pointer: text(pointer, 'pointer'), value: disclosed };
  });
}

/// The value at an RFC 6901 pointer; undefined when there is none.
function pointed(data, pointer) {
  if (pointer === '') return data;
  if (!pointer.startsWith('/')) return undefined;
  const names = pointer.slice(1).split('/').map((name) => name.replaceAll('~1', '/').replaceAll('~0', '~'));
  return names.reduce((value, name) => {
    if (typeof value !== 'object') return undefined;
    if (Array.isArray(value) && !/^(0|[1-9][0-9]*)$/.test(name)) return undefined;
    return Object.hasOwn(value, name) ? value[name] : undefined;
  }, data);
}
