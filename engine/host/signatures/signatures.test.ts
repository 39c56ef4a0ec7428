import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { mnemonicToAccount } from 'viem/accounts';
import { expect, test } from 'vitest';
import { agentTypedData } from '../../api/native/agentApproval.ts';
import { isTextSignedBy } from '../../api/proofs/textSignature.ts';
import { recoverSigner, walletVerifier } from './recoverSigner.ts';
import { signerOfMessage, signerOfTypedData } from './verifyWallet.ts';

const mnemonic = 'test test test test test test test test test test test junk';
const trader = mnemonicToAccount(mnemonic, { addressIndex: 1 });
const text = Buffer.from('{"operations":[]}');

function rawHex(key: KeyObject): string {
  const { x = '', y = '' } = key.export({ format: 'jwk' });
  const hex = (part: string) => Buffer.from(part, 'base64url').toString('hex');
  return y === '' ? hex(x) : `04${hex(x)}${hex(y)}`;
}

const ed25519 = generateKeyPairSync('ed25519');
const p256 = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const pairs = [
  ['ed25519', rawHex(ed25519.publicKey), sign(null, text, ed25519.privateKey)],
  ['p256', rawHex(p256.publicKey), sign('sha256', text, { key: p256.privateKey, dsaEncoding: 'ieee-p1363' })],
] as const;

test.each(pairs)(
  '%s: the key that signed, the text that was signed, and no other',
  (scheme, key, signature) => {
    const hex = signature.toString('hex');
    expect(isTextSignedBy(scheme, key, hex, text)).toBe(true);
    expect(isTextSignedBy(scheme, key, hex, Buffer.from('{"operations":[1]}'))).toBe(false);
    expect(isTextSignedBy(scheme, key, `00${hex.slice(2)}`, text)).toBe(false);
    expect(isTextSignedBy(scheme, key, '00'.repeat(64), text)).toBe(false);
  },
);

test('a key that is no key verifies nothing', () => {
  for (const key of ['', 'ff', 'ff'.repeat(32), `04${'ff'.repeat(64)}`, `02${'11'.repeat(64)}`]) {
    expect(isTextSignedBy('p256', key, '00'.repeat(64), text)).toBe(false);
    expect(isTextSignedBy('ed25519', key, '00'.repeat(64), text)).toBe(false);
  }
});

test('wallet signatures are checked by the native library here', () => {
  expect(walletVerifier).toBe('libsecp256k1 (native)');
});

test('a sign-in message gives its signer', async () => {
  const signature = await trader.signMessage({ message: 'Sign in' });
  expect(await signerOfMessage('Sign in', signature)).toBe(trader.address.toLowerCase());
  expect(await signerOfMessage('Sign in!', signature)).not.toBe(trader.address.toLowerCase());
});

test('typed data gives its signer, and the desk’s form is the wallet’s', async () => {
  const typedData = agentTypedData(
    { chainId: 31_337, vault: `0x${'5f'.repeat(20)}` },
    {
      member: trader.address,
      scheme: 'ed25519',
      publicKey: 'ab'.repeat(32),
      accounts: [8, 9],
      expiresAtMs: 1_800_000_000_000,
      nonce: 1_790_000_000_000,
      scope: { markets: ['BTC-PERP'], notionalPerHourUsd: 5_000_000, addresses: ['10.0.0.7', '::1'] },
    },
  );
  const { domain, message } = typedData;
  const signature = await trader.signTypedData({
    ...typedData,
    domain: { ...domain, verifyingContract: domain.verifyingContract as `0x${string}` },
    message: {
      ...message,
      member: trader.address,
      publicKey: message.publicKey as `0x${string}`,
      expiresAtMs: 1_800_000_000_000n,
      notionalPerHourUsd: 5_000_000n,
      nonce: 1_790_000_000_000n,
    },
  });
  expect(await signerOfTypedData(typedData, signature)).toBe(trader.address.toLowerCase());
});

test.each([
  '0x',
  `0x${'00'.repeat(65)}`,
  `0x${'ff'.repeat(65)}`,
  `0x${'11'.repeat(64)}1e`,
  `0x${'11'.repeat(96)}`,
])('%s is nobody’s signature', async (signature) => {
  expect(await recoverSigner(`0x${'22'.repeat(32)}`, signature as `0x${string}`)).toBeUndefined();
});
