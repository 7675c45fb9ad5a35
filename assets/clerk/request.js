// A request to enrol a key on its way to the registrar: as a line of text that a QR code holds. It says what the file says.
import { fromBase64, textOf, toBase64, utf8 } from './bytes.js';
import { idOf } from './keys.js';
import { QrCode } from './qrcodegen.js';
import { parsePayload } from './record.js';

const REQUEST = 'sinetti-request-v1';
const SVG = 'http://www.w3.org/2000/svg';

/// Light modules around the code, so that readers find it (ISO/IEC 18004).
const QUIET = 4;

/// The request as one line: its signature, then the very payload that is signed.
export function requestText({ payload, signatures }) {
  return `${REQUEST} ${signatures[0].sig} ${textOf(fromBase64(payload))}`;
}

/// Whether a text is a request as a QR code has it.
export function isRequest(text) {
  return text.trimStart().startsWith(`${REQUEST} `);
}

/// The members of a draft file that a request says.
///
/// Throws Error when it is none.
export async function requestOf(text) {
  const [, sig, said] = /^\S+ +([A-Za-z0-9+/=]+) +(\{.*\})$/s.exec(text.trim()) ?? [];
  if (said === undefined) throw new Error('no request');
  const payload = utf8(said);
  if (parsePayload(payload).type !== 'key_enrolled') throw new Error('no request');
  const { data } = JSON.parse(said);
  return { payload: toBase64(payload), disclosures: [], signatures: [{ keyid: await idOf(data.public_key), sig }] };
}

/// A text as a QR code, drawn in this browser.
export function drawn(text, label) {
  const code = QrCode.encodeText(text, QrCode.Ecc.LOW);
  const side = code.size + 2 * QUIET;
  const path = [];
  for (let y = 0; y < code.size; y += 1) {
    for (let x = 0; x < code.size; x += 1) if (code.getModule(x, y)) path.push(`M${x + QUIET} ${y + QUIET}h1v1h-1z`);
  }
  const svg = element('svg', { viewBox: `0 0 ${side} ${side}`, class: 'qr', role: 'img', 'aria-label': label });
  // Dark on light whatever the page's colours are: many readers know no other.
  svg.append(element('rect', { width: side, height: side, fill: '#fff' }), element('path', { d: path.join(''), fill: '#000' }));
  return svg;
}

function element(name, attributes) {
  const made = document.createElementNS(SVG, name);
  for (const [attribute, value] of Object.entries(attributes)) made.setAttribute(attribute, value);
  return made;
}
