import { createRequire } from 'node:module';
import { keccak256, recoverAddress } from 'viem';

/** What of libsecp256k1 is used: the package has no types of its own. */
interface Binding {
  ecdsaRecover(
    signature: Uint8Array,
    recoveryId: number,
    message: Uint8Array,
    isCompressed: boolean,
  ): Uint8Array;
}

/**
 * The binding itself and not the package's index: that falls back to elliptic without a word, eighty
 * times slower.
 */
const native = loadBinding();

/** For the start-up line: which code recovers wallet signatures here. */
export const walletVerifier = native === undefined ? 'noble (JavaScript, slow)' : 'libsecp256k1 (native)';

/**
 * Address of the key that made a wallet's signature.
 *
 * @param digest 32 bytes
 * @param signature `0x`, 65 bytes: r‖s‖v with v 27, 28, 0 or 1
 * @returns lower case hex, or undefined when it is nobody's
 */
export async function recoverSigner(
  digest: `0x${string}`,
  signature: `0x${string}`,
): Promise<string | undefined> {
  if (!/^0x[0-9a-fA-F]{130}$/.test(signature)) return undefined;
  try {
    if (native === undefined) return (await recoverAddress({ hash: digest, signature })).toLowerCase();
    return recoverNatively(native, digest, Buffer.from(signature.slice(2), 'hex'));
  } catch {
    // r or s out of range, or no such point.
    return undefined;
  }
}

function recoverNatively(binding: Binding, digest: string, signature: Buffer): string | undefined {
  const v = signature[64]!;
  const recoveryId = v >= 27 ? v - 27 : v;
  if (recoveryId > 1) return undefined;
  const message = Buffer.from(digest.slice(2), 'hex');
  const publicKey = binding.ecdsaRecover(
    new Uint8Array(signature.subarray(0, 64)),
    recoveryId,
    message,
    false,
  );
  return `0x${keccak256(publicKey.subarray(1)).slice(-40)}`;
}

function loadBinding(): Binding | undefined {
  try {
    return createRequire(import.meta.url)('secp256k1/bindings') as Binding;
  } catch {
    return undefined;
  }
}
