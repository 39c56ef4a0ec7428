import type { VaultPlan } from '../../settlement/vault/terms.ts';

/** Of which accounts who asks is told. */
export interface Sees {
  readonly plan: VaultPlan;
  maySee(account: number): boolean;
  /** Undefined of a subaccount that no account is. */
  accountOf(sub: string): number | undefined;
}
