import { createPublicKey, type KeyObject, verify } from 'node:crypto';

/** More than trade at one time. */
const KEYS_KEPT = 1_024;
/** Making a key object costs as much as a verification, and one key signs many orders. */
const keys = new Map<string, KeyObject>();

/**
 * Whether a raw public key signed these bytes.
 *
 * @param publicKey lower case hex: 32 bytes for Ed25519, 65 uncompressed for P-256
 * @param signature lower case hex, 64 bytes: r‖s for P-256, as WebCrypto writes it
 */
export function isTextSignedBy(
  scheme: 'ed25519' | 'p256',
  publicKey: string,
  signature: string,
  bytes: Uint8Array,
): boolean {
  const key = keyOf(scheme, publicKey);
  if (key === undefined) return false;
  const raw = Buffer.from(signature, 'hex');
  if (scheme === 'ed25519') return verify(null, bytes, key, raw);
  return verify('sha256', bytes, { key, dsaEncoding: 'ieee-p1363' }, raw);
}

function keyOf(scheme: 'ed25519' | 'p256', publicKey: string): KeyObject | undefined {
  const name = `${scheme} ${publicKey}`;
  const known = keys.get(name);
  if (known !== undefined) return known;
  const jwk = scheme === 'ed25519' ? ed25519Jwk(publicKey) : p256Jwk(publicKey);
  if (jwk === undefined) return undefined;
  let key: KeyObject;
  try {
    key = createPublicKey({ key: jwk, format: 'jwk' });
  } catch {
    // A point that is not on the curve: nobody can sign with it.
    return undefined;
  }
  keys.set(name, key);
  if (keys.size > KEYS_KEPT) keys.delete(keys.keys().next().value ?? '');
  return key;
}

function ed25519Jwk(publicKey: string) {
  if (publicKey.length !== 64) return undefined;
  return { kty: 'OKP', crv: 'Ed25519', x: base64url(publicKey) };
}

function p256Jwk(publicKey: string) {
  if (publicKey.length !== 130 || !publicKey.startsWith('04')) return undefined;
  return { kty: 'EC', crv: 'P-256', x: base64url(publicKey.slice(2, 66)), y: base64url(publicKey.slice(66)) };
}

function base64url(hex: string): string {
  return Buffer.from(hex, 'hex').toString('base64url');
}
