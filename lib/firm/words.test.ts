import { expect, test } from 'vitest';
import { lostWords } from './words.ts';

test('what is lost says for which amounts, where not for all', () => {
  const of = (overUsd: number, upToUsd: number | null) => lostWords({ action: 'Withdraw', overUsd, upToUsd });
  expect([of(0, null), of(1_000_000, null), of(0, 50_000), of(50_000, 1_000_000)]).toEqual([
    'Withdraw',
    'Withdraw over 1,000,000 USD',
    'Withdraw up to 50,000 USD',
    'Withdraw over 50,000 up to 1,000,000 USD',
  ]);
});
