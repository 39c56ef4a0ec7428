import { expect, test } from 'vitest';
import type { PreviewSideView } from '../../../../engine/protocol/views/preview.ts';
import { signingSentence } from '../../../../lib/firm/signingSentence.ts';
import { figuresOf, titleOf } from './Change.state.ts';

const USD = 1_000_000;
const side = (change: Partial<PreviewSideView> = {}): PreviewSideView => ({
  equityUsd: 5_000_000 * USD,
  initialUsd: 0,
  maintenanceUsd: 0,
  freeUsd: 5_000_000 * USD,
  ratioPpm: 0,
  positionLots: 0,
  distanceSigmas: -1,
  ...change,
});

test('what changes has both numbers, what stays the same one', () => {
  const after = side({ initialUsd: 250_000 * USD, ratioPpm: 31_200, distanceSigmas: 4.761 });
  expect(figuresOf({ before: side(), after })).toEqual([
    { name: 'Equity', before: '5,000,000', after: '' },
    { name: 'Initial margin', before: '0', after: '250,000' },
    { name: 'Free margin', before: '5,000,000', after: '' },
    { name: 'MM ÷ equity', before: '0.0%', after: '3.1%' },
    { name: 'Distance', before: 'no risk', after: '4.76σ' },
  ]);
});

test('a dialog is called after what it opens, and says what a signature waits for', () => {
  expect(titleOf({ kind: 'OpenNode', parent: 0, label: '', isAccount: true })).toBe('New subaccount');
  expect(titleOf({ kind: 'Flatten', node: 1, typed: '' })).toBe('Flatten');
  expect(signingSentence({ is: 'idle' })).toBe('');
  expect(signingSentence({ is: 'waiting', step: 'wallet' })).toContain('wallet');
  expect(signingSentence({ is: 'refused', code: 'x', message: 'No.' })).toBe('No.');
});
