import { expect, test } from 'vitest';
import { decideTypedData } from '../../engine/protocol/typed/firmTypedData.ts';
import { deviceHashes, type TypedText } from './deviceHashes.ts';
import { handedOver, verifyHref } from './handOver.ts';
import { readTypedData } from './typedDataReading.ts';

const desk = { chainId: 31_337, vault: `0x${'5e'.repeat(20)}` };
const typedData = decideTypedData(
  desk,
  {
    kind: 'Decide',
    proposal: 7,
    decision: 'approve',
    reason: 'Für die Rolle: 50 % “now” & # later',
    actionHash: `0x${'11'.repeat(32)}`,
    policyHash: `0x${'22'.repeat(32)}`,
    seqMin: 9,
    deadlineMs: 1_000,
  },
  { summary: 'Port 120 BTC from A to B.', action: { kind: 'RenameNode', node: 1, label: 'x' } } as never,
  { wallet: `0x${'ab'.repeat(20)}`, nonce: 3 },
);

test('what is handed over is the text that is signed, to its last sign', () => {
  const href = verifyHref(typedData);
  expect(href.startsWith('/verify#')).toBe(true);
  const text = handedOver(new URL(href, 'http://desk').hash)!;
  expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(typedData)));
  const { domainHash, messageHash, digest } = readTypedData(JSON.parse(text));
  expect({ domainHash, messageHash, digest }).toEqual(deviceHashes(typedData as unknown as TypedText));
});

test('an address that hands over nothing, or half of it, says nothing', () => {
  expect(handedOver('')).toBeUndefined();
  expect(handedOver('#keys')).toBeUndefined();
  expect(handedOver('#typed=%7B%22domain')).toBeUndefined();
  expect(handedOver('#typed=%')).toBeUndefined();
});
