import { creditedOf } from '../../core/settlement/credited.ts';
import type { SettlementFacts, WithdrawalFacts } from '../../core/settlement/settlementFacts.ts';
import type { State } from '../../core/state.ts';
import { assetIndexUsd } from '../../core/views/directory.ts';
import { ProposalEnd } from '../../protocol/enums.ts';
import type { WantedDeposit } from '../../settlement/vault/treasury.ts';

/** What the engine knows of the chain, as the host compares it with what the chain says. */
export interface SettlementState
  extends Pick<SettlementFacts, 'vault' | 'root' | 'counted' | 'withdrawals' | 'paid' | 'listed' | 'caps'> {
  readonly seq: number;
  readonly timeMs: number;
  /** Number of the deposit that is credited next. */
  readonly depositCursor: number;
  /** Credits before there was a vault, in their order; empty once one is adopted. */
  readonly deposits: readonly WantedDeposit[];
  /** Smallest units of each asset over all that was ever credited. */
  readonly credited: readonly bigint[];
  /** One whole unit of each asset at the index, micro-USD; 0 before there is a price. */
  readonly indexUsd: readonly number[];
  /** Withdrawals that people agreed to, as long as the engine remembers them: which command did each. */
  readonly agreed: readonly { readonly seq: number; readonly proposal: number }[];
}

/** Under which proposal a withdrawal was asked for; null where nobody else had to agree, or it was long ago. */
export function proposalOf(
  { agreed }: Pick<SettlementState, 'agreed'>,
  { seq }: Pick<WithdrawalFacts, 'seq'>,
): number | null {
  return agreed.find((each) => each.seq === seq)?.proposal ?? null;
}

export function settlementStateOf(state: State): SettlementState {
  const { directory, globals } = state;
  const { vault, root, counted, withdrawals, paid, listed, caps } = directory.settlement;
  const ownerOf = (account: number) => directory.firms[directory.accounts[account]!.firm]!.owner;
  return {
    ...{ vault, root, counted, withdrawals, paid, listed, caps },
    seq: globals.columns.seq[0]!,
    timeMs: globals.columns.timeMs[0]!,
    depositCursor: globals.columns.depositCursor[0]!,
    deposits: directory.deposits.map(({ account, asset, amount }) => ({
      ...{ account, asset, amount },
      owner: ownerOf(account),
    })),
    credited: directory.assets.map((_, asset) => creditedOf(state, asset)),
    indexUsd: directory.assets.map((_, asset) => assetIndexUsd(state, asset)),
    agreed: directory.decided
      .filter(({ proposal, end }) => proposal.action.kind === 'Withdraw' && end === ProposalEnd.done)
      .map(({ proposal: { proposal }, seq }) => ({ seq, proposal })),
  };
}
