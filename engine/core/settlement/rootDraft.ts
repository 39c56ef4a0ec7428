import { utf8Bytes } from '../../protocol/bytes.ts';
import { InstrumentKind } from '../../protocol/enums.ts';
import { type AccountState, detailOf, type Sha256, saltOf } from '../../protocol/settlement/accountState.ts';
import type { HexWord, Leaf, RootDraft, VaultWithdrawal } from '../../protocol/settlement/root.ts';
import { SCHEMA_VERSION } from '../../protocol/version.ts';
import { assert } from '../../units/assert.ts';
import { type Canonical, canonicalJson } from '../../units/canonicalJson.ts';
import { balanceOf } from '../ledger/post.ts';
import { INSURANCE } from '../ledger/systemAccounts.ts';
import { NONE } from '../memory/table.ts';
import { policyHashOf } from '../policy/policyOf.ts';
import { saveState } from '../snapshot.ts';
import type { State } from '../state.ts';
import { accountStateText, returnedStateText } from './accountState.ts';
import { entitlements } from './entitlements.ts';
import { subOf } from './subOf.ts';
import { type UnwindPrices, unwindPrices } from './unwindPrices.ts';

/** What a root is made of, and what the details of its leaves are hashes of, in the order of the leaves. */
export interface RootMaterial {
  readonly draft: RootDraft;
  readonly states: readonly AccountState[];
}

/**
 * What a root says of the state right after `CutRoot`. Whoever replays the same journal makes the same draft.
 *
 * @param journalHead SHA-256 of the journal's frame with that command, its header from byte 24 on: each frame holds the
 * hash of the one before, so it commits to every command up to here
 * @param sha256 the machine's own
 * @fails AssertionError where no root was cut at this very sequence, or the leaves do not sum to what was credited
 */
export function rootDraft(state: State, journalHead: HexWord, sha256: Sha256): RootMaterial {
  const { seq, timeMs, depositCursor } = state.globals.columns;
  const { settlement } = state.directory;
  assert(settlement.root !== null && settlement.root.seq === seq[0], 'a root was cut right now');
  const prices = unwindPrices(state);
  const { leaves, states } = leavesOf(state, prices, sha256);
  const draft = {
    epoch: settlement.root.epoch,
    parent: settlement.root.parent,
    seq: seq[0]!,
    timeMs: timeMs[0]!,
    depositCursor: depositCursor[0]!,
    stateHash: wholeStateHash(state, sha256),
    journalHead,
    metaHash: sha256(utf8Bytes(canonicalJson(metaOf(state, prices, leaves, sha256)))),
    leaves,
    withdrawals: settlement.withdrawals.map((each) => vaultWithdrawal(state, each)),
  };
  return { draft, states };
}

function leavesOf(
  state: State,
  prices: UnwindPrices,
  sha256: Sha256,
): { leaves: Leaf[]; states: AccountState[] } {
  const { vault } = state.directory.settlement;
  assert(vault !== null, 'a root is cut for a vault');
  const leaves: Leaf[] = [];
  const states: AccountState[] = [];
  for (const { account, sub, entitled } of entitlements(state, prices)) {
    const isNobody = account === NONE;
    const of = {
      salt: saltOf(vault.saltSeed, isNobody ? sub : account, sha256),
      text: isNobody ? returnedStateText(state, sub) : accountStateText(state, account),
    };
    leaves.push({ sub, detail: detailOf(of, sha256), entitled });
    states.push(of);
  }
  return { leaves, states };
}

function vaultWithdrawal(
  state: State,
  { account, sub, nonce, asset, amount, to, seq }: State['directory']['settlement']['withdrawals'][number],
): VaultWithdrawal {
  return { sub: sub ?? subOf(state, account), nonce, asset, amount: BigInt(amount), to, seq };
}

/** SHA-256 over every section of the state as a snapshot has it, each with its name and length before it. */
function wholeStateHash(state: State, sha256: Sha256): HexWord {
  const hashes = saveState(state).map(({ name, bytes }) => `${name} ${bytes.length} ${sha256(bytes)}`);
  return sha256(utf8Bytes(hashes.join('\n')));
}

/**
 * What the entitlements were made from, besides the state of each account: unwind prices of what is held, weights, what
 * the insurance fund has, the hour's funding so far, the schema, the genesis, all policies, and the leaves themselves.
 * The audit log follows from the journal, which its head commits to.
 */
function metaOf(state: State, prices: UnwindPrices, leaves: readonly Leaf[], sha256: Sha256): Canonical {
  const { directory, instruments } = state;
  const { kind, openInterest, samples, hourSamples, premiumSum } = instruments.columns;
  const hashOf = (value: Canonical) => sha256(utf8Bytes(canonicalJson(value)));
  const held = directory.instruments.flatMap(({ name }, of) =>
    openInterest[of] === 0 ? [] : [[name, prices.perLot[of]!] as const],
  );
  const funded = directory.instruments.flatMap(({ name }, of) =>
    kind[of] === InstrumentKind.perpetual
      ? [[name, samples[of]!, hourSamples[of]!, premiumSum[of]!] as const]
      : [],
  );
  return {
    schema: SCHEMA_VERSION,
    genesis: hashOf(directory.genesis as unknown as Canonical),
    policies: hashOf(directory.firms.map((_, firm) => policyHashOf(state, firm))),
    usdPerLot: held,
    assets: directory.assets.map(({ name }, asset) => ({
      name,
      priceE8: prices.assetE8[asset]!,
      weightPpm: prices.weightPpm[asset]!,
      insurance: balanceOf(state, INSURANCE, asset),
    })),
    funding: funded,
    leaves: hashOf(leaves.map(({ sub, detail, entitled }) => [sub, detail, ...entitled.map(String)])),
  };
}
