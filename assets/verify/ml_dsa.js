// ML-DSA-44 (FIPS 204), pure, with the empty context, where the browser's WebCrypto has it.

const NAME = { name: 'ML-DSA-44' };

/// True or false; null when this browser can't verify ML-DSA-44. What has the wrong length is no signature anywhere.
export async function verifyMlDsa(publicKey, message, signature) {
  if (publicKey.length !== 1312 || signature.length !== 2420) return false;
  let key;
  try {
    key = await crypto.subtle.importKey('raw-public', publicKey, NAME, false, ['verify']);
  } catch {
    return null;
  }
  return crypto.subtle.verify(NAME, key, signature, message);
}

/// Whether this browser can verify ML-DSA-44 at all.
export async function hasMlDsa() {
  return (await verifyMlDsa(new Uint8Array(1312), new Uint8Array(), new Uint8Array(2420))) !== null;
}
