import type { DirectoryView } from '../../protocol/views/directory.ts';
import type {
  DemandView,
  RootView,
  SettlementView,
  SignersView,
  VaultAssetView,
  VaultDepositView,
  VaultTermsView,
} from '../../protocol/views/settlement.ts';
import { type AssetPlan, type VaultPlan, type VaultTerms, weiPerUnit } from '../../settlement/vault/terms.ts';
import type { VaultDeposit } from '../../settlement/vault/vaultEvents.ts';
import { SECOND_MS } from '../../units/time.ts';
import type { SettlementState } from '../follower/settlementState.ts';
import { accountIn } from './creditDeposits.ts';
import { standOf, unwindMsOf } from './demands.ts';
import type { PendingRoot } from './rootCycle.ts';
import type { Sees } from './sees.ts';
import type { Opened, Settlement } from './settlement.ts';
import { sharesOf } from './shares.ts';
import { bucketViews, capView, firstRoot, withdrawalViews } from './withdrawalViews.ts';

const ROOTS_SHOWN = 64;
const ROWS_SHOWN = 256;
const NO_SHARES = { own: 0n, others: 0n, insurance: 0n, fees: 0n };

/**
 * What anybody may know of the vault, and of accounts what who asks may see.
 *
 * @param settlement undefined where the desk runs without a chain
 */
export function settlementViewOf(
  settlement: Settlement | undefined,
  planned: VaultPlan,
  directory: DirectoryView,
  signers: SignersView,
  maySee: (account: number) => boolean,
): SettlementView {
  const { seen, opened } = settlement ?? {};
  const { state, vaultState } = seen ?? {};
  const plan = { ...planned, terms: opened?.terms ?? planned.terms };
  const { chainId, vault } = directory;
  const sees = { plan, maySee, accountOf: (sub: string) => accountIn(directory, sub) };
  return {
    seq: state?.seq ?? 0,
    timeMs: state?.timeMs ?? 0,
    status: settlement?.status ?? 'off',
    sentence: settlement?.sentence ?? 'This desk runs without a chain.',
    takesDeposits: settlement?.takesDeposits ?? false,
    ...{ chainId, vault },
    block: seen?.block ?? null,
    terms: termsView(plan.terms),
    signers: { needed: plan.threshold, of: plan.hot.length, ...signers },
    nextRootMs: opened?.roots.nextMs ?? null,
    pausedUntilMs: (vaultState?.pausedUntilS ?? 0) * SECOND_MS || null,
    frozenEpoch: vaultState?.isFrozen ? vaultState.finalEpoch : null,
    assets: plan.assets.map((asset, index) => assetView(settlement, asset, index, sees)),
    roots: opened === undefined ? [] : rootViews(opened, plan.terms),
    deposits: opened === undefined ? [] : depositViews(state, opened, sees),
    withdrawals:
      seen === undefined || opened === undefined ? [] : withdrawalViews(seen, opened, directory, sees),
    listed: (state?.listed ?? []).filter(({ account }) => maySee(account)),
    demands: opened === undefined ? [] : demandViews(state, opened, directory, sees),
    buckets: seen === undefined || opened === undefined ? [] : bucketViews(seen, sees),
  };
}

function termsView(terms: VaultTerms): VaultTermsView {
  return {
    disputeSec: terms.dispute,
    rootTimeoutSec: terms.rootTimeout,
    forcedGraceSec: terms.forcedGrace,
    whitelistDelaySec: terms.whitelistDelay,
    reclaimDelaySec: terms.reclaimDelay,
    maxPauseSec: terms.maxPause,
  };
}

function assetView(
  settlement: Settlement | undefined,
  plan: AssetPlan,
  asset: number,
  { accountOf, maySee }: Sees,
): VaultAssetView {
  const { seen, opened } = settlement ?? {};
  const { state, holdings } = seen ?? {};
  const signed = opened?.roots.last?.signed;
  const shares = signed === undefined ? NO_SHARES : sharesOf(signed, asset, plan.name, accountOf, maySee);
  const credited = state?.credited[asset] ?? 0n;
  const { deposited, left, held } = holdings?.[asset] ?? { deposited: credited, left: 0n, held: 0n };
  const open = (state?.withdrawals ?? []).filter((each) => each.asset === asset);
  return {
    asset,
    name: plan.name,
    token: opened?.places.tokens[asset] ?? '',
    decimals: plan.decimals,
    indexUsd: state?.indexUsd[asset] ?? 0,
    weiPerUnit: String(weiPerUnit(plan)),
    held: held === undefined ? null : String(held),
    unreadSinceMs: opened?.balances.unread[asset]?.sinceMs ?? null,
    credited: String(credited),
    paidOut: String(left),
    uncredited: String(deposited > credited ? deposited - credited : 0n),
    own: String(shares.own),
    others: String(shares.others),
    insurance: String(shares.insurance),
    fees: String(shares.fees),
    authorisedUnpaid: String(open.reduce((sum, { amount }) => sum + BigInt(amount), 0n)),
    cap: seen === undefined || opened === undefined ? null : capView(seen, opened, asset),
  };
}

function rootViews({ history, roots, receipts }: Opened, { dispute }: VaultTerms): RootView[] {
  const finalEpoch = roots.final?.epoch ?? 0;
  const shown = history.roots.slice(-ROOTS_SHOWN).reverse();
  const posted = shown.map((record): RootView => {
    const facts = receipts.of(record.tx);
    const postedMs = facts === undefined ? null : facts.timeS * SECOND_MS;
    const state = record.isRejected ? 'rejected' : record.epoch <= finalEpoch ? 'final' : 'posted';
    return {
      ...{ epoch: record.epoch, seq: record.seq, hash: record.hash, accountsRoot: record.accountsRoot },
      timeMs: record.engineTimeS * SECOND_MS,
      signers: roots.signersOf(record),
      postedMs,
      finalMs: postedMs === null ? null : postedMs + dispute * SECOND_MS,
      state,
      sentence: record.isRejected ? 'A guardian rejected it; its epoch is used again.' : '',
      ...{ gas: facts?.gas ?? null, tx: record.tx, block: record.block },
    };
  });
  const { pending } = roots;
  const isPosted = pending === undefined || history.roots.some(({ hash }) => hash === pending.cut.hash);
  return isPosted ? posted : [pendingView(pending), ...posted].slice(0, ROOTS_SHOWN);
}

/** One that is on its way to the vault, or will not come there. */
function pendingView({ cut: { root, hash }, signatures, state, sentence }: PendingRoot): RootView {
  return {
    ...{ epoch: root.epoch, seq: root.seq, hash, accountsRoot: root.accountsRoot },
    timeMs: root.engineTime * SECOND_MS,
    signers: signatures.map(({ signer }) => signer).sort(),
    ...{ postedMs: null, finalMs: null, state, sentence },
    ...{ gas: null, tx: null, block: null },
  };
}

function depositViews(
  state: SettlementState | undefined,
  opened: Opened,
  { accountOf, maySee }: Sees,
): VaultDepositView[] {
  const { watcher, history } = opened;
  const seen = watcher.deposits.filter(({ sub }) => maySee(accountOf(sub) ?? -1));
  const cursor = state?.depositCursor ?? 0;
  const seqs = new Map(state?.counted.map(({ id, seq }) => [id, seq]));
  const stateOf = ({ id }: VaultDeposit) =>
    history.reclaimed.has(id) ? 'reclaimed' : id < cursor ? 'credited' : 'seen';
  return seen
    .slice(-ROWS_SHOWN)
    .reverse()
    .map((deposit) => {
      const facts = opened.receipts.of(deposit.transactionHash);
      return {
        id: deposit.id,
        account: accountOf(deposit.sub)!,
        asset: deposit.asset,
        amount: String(deposit.amount),
        from: facts?.from ?? '',
        tx: deposit.transactionHash,
        block: deposit.blockNumber,
        seenMs: (facts?.timeS ?? 0) * SECOND_MS,
        state: stateOf(deposit),
        creditedSeq: stateOf(deposit) === 'credited' ? (seqs.get(deposit.id) ?? null) : null,
        epoch: firstRoot(history.roots, ({ depositCursor }) => depositCursor > deposit.id)?.epoch ?? null,
      };
    });
}

function demandViews(
  state: SettlementState | undefined,
  { history, receipts, demands }: Opened,
  directory: DirectoryView,
  { plan, accountOf, maySee }: Sees,
): DemandView[] {
  return history.demands.flatMap((demand) => {
    const { sub, asset, amount, tx } = demand;
    const account = accountOf(sub) ?? -1;
    const askedS = receipts.of(tx)?.timeS;
    if (!maySee(account) || askedS === undefined) return [];
    const dueMs = (askedS + plan.terms.forcedGrace) * SECOND_MS;
    const stand = standOf(demand, history, state ?? { withdrawals: [] }, directory);
    const units = { missing: String(stand.missing), onTheWay: String(stand.onTheWay) };
    const isHeld = stand.onTheWay < stand.missing;
    const held = {
      heldBy: (isHeld && demands.refusalOf(demand)) || null,
      unwindMs: unwindMsOf(askedS, plan.terms.forcedGrace),
    };
    return [
      { account, sub, asset, amount: String(amount), ...units, ...held, askedMs: askedS * SECOND_MS, dueMs },
    ];
  });
}
