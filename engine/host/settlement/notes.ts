import type { WithdrawalFacts } from '../../core/settlement/settlementFacts.ts';
import type { DirectoryView } from '../../protocol/views/directory.ts';
import type { DepositWatcher } from '../../settlement/vault/depositWatcher.ts';
import type { Receipts } from '../../settlement/vault/receipts.ts';
import type { SecondNode } from '../../settlement/vault/secondNode.ts';
import type { AssetPlan, VaultTerms } from '../../settlement/vault/terms.ts';
import type { VaultBalances } from '../../settlement/vault/vaultBalances.ts';
import type { VaultHistory } from '../../settlement/vault/vaultHistory.ts';
import type { SettlementState } from '../follower/settlementState.ts';
import { demandAlarm, returnsAlarm, unclaimableAlarm } from './alarms.ts';
import { nameOfWithdrawal } from './buckets.ts';
import type { Claims } from './claims.ts';
import { type Demands, standOf } from './demands.ts';
import type { RootCycle } from './rootCycle.ts';

/** What is asked of an open vault. */
interface Noted {
  readonly terms: VaultTerms;
  readonly watcher: Pick<DepositWatcher, 'deposits'>;
  readonly history: Pick<VaultHistory, 'demands' | 'caps' | 'listed' | 'paidTo'>;
  readonly roots: Pick<RootCycle, 'final'>;
  readonly balances: Pick<VaultBalances, 'unread'>;
  readonly receipts: Pick<Receipts, 'of'>;
  readonly claims: Pick<Claims, 'refused'>;
  readonly demands: Pick<Demands, 'refusalOf'>;
  readonly second: Pick<SecondNode, 'view'> | undefined;
}

/** What is not as it should be and stops nobody else, a sentence each; alarms first. */
export function notesOf(
  opened: Noted,
  state: SettlementState,
  directory: DirectoryView,
  assets: readonly AssetPlan[],
): string[] {
  const { history, receipts, terms, claims, demands } = opened;
  const alarms = history.demands.map((each) => {
    const stand = { ...standOf(each, history, state, directory), refusal: demands.refusalOf(each) };
    return demandAlarm(each, receipts.of(each.tx)?.timeS, terms, assets, stand);
  });
  return [
    ...alarms,
    ...unclaimable(opened, state, directory),
    ...returnsAlarm(claims.refused),
    ...readingNotes(opened, state),
  ];
}

/** Of those that a final root has, by what the vault said last of its caps and of each address. */
function unclaimable({ history, roots }: Noted, state: SettlementState, directory: DirectoryView): string[] {
  const finalSeq = roots.final?.signed.draft.seq ?? 0;
  const waiting = state.withdrawals.filter(({ seq }) => seq <= finalSeq);
  const caps = new Map([...history.caps].map((each) => [each.asset, each]));
  const isOverCap = ({ asset, amount }: WithdrawalFacts) => {
    const cap = caps.get(asset);
    return cap !== undefined && (BigInt(amount) > cap.ofAll || BigInt(amount) > cap.ofEach);
  };
  const listed = [...history.listed];
  const isListed = (each: WithdrawalFacts) => {
    const sub = nameOfWithdrawal(directory, each);
    const isOwners = sub.startsWith(each.to);
    return isOwners || listed.some(({ sub: of, to, fromS }) => of === sub && to === each.to && fromS > 0);
  };
  return unclaimableAlarm(waiting, isOverCap, isListed);
}

/** What nodes and tokens do not tell. */
function readingNotes({ watcher, second, balances }: Noted, { depositCursor }: SettlementState): string[] {
  const notes = balances.unread.flatMap((each) => each?.sentence ?? []);
  const next = watcher.deposits[depositCursor];
  if (next === undefined) return notes;
  const { state, sentence } = second?.view ?? {};
  if (sentence !== undefined && state !== 'agrees') notes.push(sentence);
  else if (balances.unread[next.asset] !== undefined)
    notes.push(`Deposit ${next.id} waits until it can be, and those behind it.`);
  return notes;
}
