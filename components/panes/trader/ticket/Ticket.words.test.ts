import { expect, test } from 'vitest';
import type { PreviewSideView, PreviewView } from '../../../../engine/protocol/views/preview.ts';
import { btcPerp } from '../../../../lib/testMarket.ts';
import type { LimitReading } from './Ticket.limits.ts';
import { previewWords } from './Ticket.words.ts';

const side = (initialUsd: number, freeUsd: number, distanceSigmas: number) =>
  ({ initialUsd, maintenanceUsd: 0, ratioPpm: 0, freeUsd, distanceSigmas }) as PreviewSideView;
const preview = {
  filledLots: 2_000,
  filledNotionalUsd: 12_000_000_000,
  restingLots: 3_000,
  cancelledLots: 0,
  feeUsd: 4_200_000,
  before: side(0, 5_000_000_000_000, -1),
  after: side(900_000_000, 4_999_100_000_000, 12.5),
} as PreviewView;
const limits: LimitReading[] = [
  { name: 'initial margin', share: 0.4, before: 0.1, text: '40 %', state: 'pass' },
  { name: 'order size', share: 0.1, before: undefined, text: '0.5 of 1,000 BTC', state: 'pass' },
];

test('a preview is said in sentences: what fills, what rests, what it does to the account, and the limits', () => {
  expect(previewWords(preview, btcPerp, limits)).toBe(
    'Preview: 0.2000 BTC fills now at 60,000.00, fee 4.20, 0.3000 BTC rests. ' +
      'Account: initial 0 to 900, free 5,000,000 to 4,999,100, distance no risk to 12.50σ. ' +
      '2 of 2 limits pass, nearest initial margin: 40 %.',
  );
});

test('what a worst price leaves unfilled is said as well', () => {
  const cut = { ...preview, restingLots: 0, cancelledLots: 3_000 };
  expect(previewWords(cut, btcPerp, limits)).toContain('fee 4.20, 0.3000 BTC is cancelled.');
});

test('a refused preview says nothing: the ticket gives the reason', () => {
  const refusal = { code: 'order.sizeTooLarge', message: 'Too large.' } as PreviewView['refusal'];
  expect(previewWords({ ...preview, refusal }, btcPerp, limits)).toBe('');
});
