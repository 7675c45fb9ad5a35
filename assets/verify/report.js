// What a verifier found: four verdicts that are never merged, and what it did not look at.

/// From the lightest to the gravest.
export const VERDICTS = ['valid', 'suspect', 'unverifiable', 'tampered'];

/// What may be left unchecked: the rules of agreements, which `sinetti verify` replays; ML-DSA-44 where the browser has
/// none; the signature of an author whose key is not at hand; that nothing of the agreement is left out; what stands
/// under a checkpoint; that one checkpoint extends another; the words of a bundle's README; timestamps of an
/// authority; that what the operator states is so.
export const RULES = 'rules';
export const ML_DSA = 'ml-dsa';
export const AUTHOR = 'author';
export const COMPLETENESS = 'completeness';
export const INCLUSION = 'inclusion';
export const CONSISTENCY = 'consistency';
export const README = 'readme';
export const TIMESTAMPS = 'timestamps';
export const STATE = 'state';

export class Report {
  constructor() {
    this.findings = [];
    /// The file of a bundle that is being looked at.
    this.file = null;
    this.unchecked = new Set();
    /// What was looked at: `{name, value}` in order, for people to compare.
    this.facts = [];
    /// The events of a bundle, in order: `{version, recordedAt, actor, type}`.
    this.trail = [];
    /// How many of what held: `{name, count}`.
    this.checked = new Map();
  }

  /// The gravest verdict among the findings: of what was checked, and of nothing else.
  get verdict() {
    return VERDICTS[Math.max(0, ...this.findings.map(({ verdict }) => VERDICTS.indexOf(verdict)))];
  }

  find(verdict, index, member, slug, reason) {
    this.findings.push({ verdict, file: this.file, index, member, slug, reason });
  }

  tampered(index, member, slug, reason) {
    this.find('tampered', index, member, slug, reason);
  }

  unverifiable(index, member, slug, reason) {
    this.find('unverifiable', index, member, slug, reason);
  }

  suspect(index, member, slug, reason) {
    this.find('suspect', index, member, slug, reason);
  }

  fact(name, value) {
    this.facts.push({ name, value: String(value) });
  }

  count(name, more = 1) {
    this.checked.set(name, (this.checked.get(name) ?? 0) + more);
  }

  /// In order of the log; what is of the whole comes last.
  sort() {
    const place = ({ index }) => index ?? Infinity;
    this.findings.sort((left, right) => (place(left) === place(right) ? 0 : place(left) - place(right)));
  }
}

/// What `run` answers; null, after telling, when it throws a `kind`.
export async function tried(run, kind, tell) {
  try {
    return await run();
  } catch (error) {
    if (!(error instanceof kind)) throw error;
    tell(error);
    return null;
  }
}
