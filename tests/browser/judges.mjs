// What the browser's verifier says of one test vector: runs in node and in Chromium alike.
import { fromBase64, utf8 } from '../../assets/verify/bytes.js';
import { checkBundle } from '../../assets/verify/bundle.js';
import { NotCanonical, SNAKE_CASE, checkCanonical } from '../../assets/verify/canonical.js';
import { checkContradiction } from '../../assets/verify/contradiction.js';
import { isEd25519Reliable, verifyEd25519 } from '../../assets/verify/ed25519.js';
import { hasMlDsa } from '../../assets/verify/ml_dsa.js';
import { parseKey } from '../../assets/verify/note.js';
import { verifyLedger } from '../../assets/verify/replay.js';

/// `{said, unchecked}`: what a vector of `kind` expects, and what was not looked at.
export function judge(kind, input, types) {
  return JUDGES[kind](input, new Set(types));
}

/// What this engine has: strict Ed25519, ML-DSA-44.
export async function engine() {
  return { ed25519: await isEd25519Reliable(), mlDsa: await hasMlDsa() };
}

const JUDGES = {
  canonical({ bytes }) {
    try {
      checkCanonical(fromBase64(bytes), SNAKE_CASE);
      return { said: { verdict: 'valid' } };
    } catch (error) {
      if (!(error instanceof NotCanonical)) throw error;
      return { said: { verdict: error.unsure ? 'unverifiable' : 'tampered', position: error.position } };
    }
  },

  async signature({ public_key: key, message, signature }) {
    const valid = await verifyEd25519(fromBase64(key), fromBase64(message), fromBase64(signature));
    return { said: { verdict: valid ? 'valid' : 'tampered' } };
  },

  async ledger({ checkpoint, records }, types) {
    return told(await verifyLedger(utf8(checkpoint), records.map(fromBase64), types));
  },

  async accusation({ evidence, log_keys: vkeys }, types) {
    return told(await checkContradiction(evidence, { types, keys: await Promise.all(vkeys.map(parseKey)), founding: null }));
  },

  async bundle({ bytes, log_keys: vkeys = [], policy, since }, types) {
    const keys = await Promise.all(vkeys.map(parseKey));
    const given = (text) => (text === undefined ? null : utf8(text));
    return told(await checkBundle(fromBase64(bytes), { types, keys, founding: null }, { policy: given(policy), since: given(since) }));
  },
};

/// A report as vectors tell it: the gravest verdict and the first finding.
function told({ verdict, findings, unchecked, checked }) {
  const [first] = findings;
  const { slug, member, index } = first ?? {};
  const place = index === null || index === undefined ? {} : { index };
  const said = first === undefined ? { verdict } : { verdict, slug, member, ...place };
  return { said, findings, unchecked: [...unchecked], checked: Object.fromEntries(checked) };
}
