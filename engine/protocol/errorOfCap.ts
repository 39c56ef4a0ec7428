import { readableDecimal } from '../units/decimal.ts';
import { type ErrorView, errorView } from './errors.ts';

/** An amount of an asset and the most of it that one payment may be, smallest units. */
interface OverCap {
  readonly name: string;
  readonly decimals: number;
  readonly amount: number;
  readonly most: number;
}

/** The refusal of a withdrawal that no bucket of the vault ever holds: it says which would be paid, and how many make up the amount. */
export function errorOfCap({ name, decimals, amount, most }: OverCap): ErrorView {
  if (most === 0)
    return errorView('withdrawal.overVaultCap', `It pays no ${name} until its governor lets it again.`);
  const each = `${readableDecimal(most, decimals)} ${name}`;
  return errorView(
    'withdrawal.overVaultCap',
    `One is at most ${each}: ${Math.ceil(amount / most)} of them make up the amount, each paid as the vault’s bucket fills.`,
  );
}
