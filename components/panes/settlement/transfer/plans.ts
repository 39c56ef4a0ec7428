import type { FirmView } from '../../../../engine/protocol/views/firm.ts';
import type {
  ProofView,
  SettlementView,
  VaultAssetView,
  WithdrawalProofView,
} from '../../../../engine/protocol/views/settlement.ts';
import { formatUnits } from '../../../../lib/format.ts';
import { getJson } from '../../../../lib/http.ts';
import {
  claimMismatch,
  claimSteps,
  collectSteps,
  depositSteps,
  escapeSteps,
  forceSteps,
  freezeSteps,
  listingSteps,
  reclaimSteps,
} from '../../../../lib/settlement/flows.ts';
import { keptProofs } from '../../../../lib/settlement/kitShelf.ts';
import { readPermit } from '../../../../lib/settlement/permit.ts';
import { readAddress } from '../../../../lib/settlement/readAddress.ts';
import { readOwed, readRoot, readToken } from '../../../../lib/settlement/readVault.ts';
import { listing } from '../../../../lib/stores/marketStore.ts';
import { sessionStore } from '../../../../lib/stores/sessionStore.ts';
import type { VaultTransfer } from '../../../../lib/stores/transferStore.ts';
import { readerOfSession } from '../../../../lib/wallet/sessionWallet.ts';
import { readAmount } from '../amounts.ts';
import { spanOf } from '../spans.ts';
import type { TermsDraft } from './Terms.tsx';
import { blockOf, ownerBlock, silentBlock, subOf } from './Transfer.state.ts';
import type { Plan } from './useSteps.ts';

/** What the page knows while something is planned. */
export interface PlanFacts {
  view: SettlementView | undefined;
  firm: FirmView | undefined;
  /** Of who is signed in. */
  address: string;
}

/** The same once all of it is known. */
interface Facts extends PlanFacts {
  view: SettlementView;
  firm: FirmView;
}

/** How long an owner's word to the vault is good for. */
const DEADLINE_SEC = 3_600;

function deadlineSec(): number {
  return Math.floor(Date.now() / 1_000) + DEADLINE_SEC;
}

/** What a flow sends, or what is missing for it. */
export async function planOf(transfer: VaultTransfer, draft: TermsDraft, known: PlanFacts): Promise<Plan> {
  const { view, firm } = known;
  if (view === undefined || firm === undefined) return { missing: 'Waiting for the desk.' };
  const facts = { ...known, view, firm };
  const block = blockOf(transfer.kind, view) ?? ownerBlock(transfer.kind, firm.owner, known.address);
  if (block !== undefined) return { missing: block };
  const asset = view.assets.find((each) => each.asset === draft.asset);
  switch (transfer.kind) {
    case 'deposit':
      return planDeposit(draft, asset, facts);
    case 'claim':
      return planClaim(transfer, facts);
    case 'reclaim': {
      const of = view.assets.find((each) => each.asset === transfer.deposit.asset);
      return of === undefined ? unknownAsset : { steps: reclaimSteps(view.vault, transfer.deposit, of) };
    }
    case 'whitelist':
      return planListing(draft, facts);
    case 'force':
      return planForce(draft, asset, facts);
    case 'freeze':
      return planFreeze(transfer, view);
    case 'escape':
      return planEscape(draft, facts);
    case 'collect':
      return planCollect(draft, asset, facts);
  }
}

const unknownAsset: Plan = { missing: 'Choose an account and an asset.' };

function labelOf(account: number): string {
  const { session } = sessionStore.getState();
  const accounts = session.state === 'signedIn' ? session.session.accounts : [];
  return accounts.find((each) => each.account === account)?.label ?? `account ${account}`;
}

async function planDeposit(
  { account, amount }: TermsDraft,
  asset: VaultAssetView | undefined,
  { view, firm, address }: Facts,
): Promise<Plan> {
  const silent = asset && silentBlock(asset);
  if (silent !== undefined) return { missing: silent };
  const read = readAmount(amount, asset);
  if ('missing' in read) return read;
  if (asset === undefined || account === undefined) return unknownAsset;
  const { session } = sessionStore.getState();
  if (session.state !== 'signedIn') return { missing: 'Sign in first.' };
  const reader = await readerOfSession(session.session);
  const of = { chainId: view.chainId, token: asset.token, owner: address };
  const has = await readToken(reader, { ...of, vault: view.vault });
  const isSandbox = listing.latest('listing')?.isSandbox === true;
  const wei = read.units * BigInt(asset.weiPerUnit);
  if (!isSandbox && has.balance < wei) {
    const there = formatUnits(has.balance / BigInt(asset.weiPerUnit), asset.decimals);
    return { missing: `Your wallet has ${there} ${asset.name}.` };
  }
  const { owner } = firm;
  const label = labelOf(account);
  const permit = has.allowance >= wei ? undefined : await readPermit(reader, of);
  return {
    steps: depositSteps({
      ...{ vault: view.vault, asset, units: read.units, owner, account, label },
      ...{ from: address, ...has, isSandbox, permit, deadlineSec: deadlineSec() },
    }),
  };
}

async function planClaim(
  { withdrawal }: Extract<VaultTransfer, { kind: 'claim' }>,
  { view }: Facts,
): Promise<Plan> {
  const final = view.roots.find(({ state }) => state === 'final')?.epoch;
  if (final === undefined) return { missing: 'No root is final yet.' };
  const proof = await getJson<WithdrawalProofView>(`/api/v1/proof/${final}/withdrawal/${withdrawal.nonce}`);
  const mismatch = claimMismatch(withdrawal, proof);
  if (mismatch !== undefined) return { missing: mismatch };
  const asset = view.assets.find((each) => each.asset === withdrawal.asset);
  return asset === undefined ? unknownAsset : { steps: claimSteps(view.vault, proof, asset) };
}

async function planListing({ account, to, allow }: TermsDraft, { view, firm }: Facts): Promise<Plan> {
  const read = readAddress(to);
  if ('missing' in read) return read;
  if (account === undefined) return { missing: 'Choose an account.' };
  if (read.address === firm.owner.toLowerCase())
    return { missing: 'The owner’s own address may always be paid.' };
  return {
    steps: listingSteps({
      vault: view.vault,
      sub: subOf(firm.owner, account),
      label: labelOf(account),
      to: read.address,
      allow,
      delay: spanOf(view.terms.whitelistDelaySec),
      deadlineSec: deadlineSec(),
    }),
  };
}

/** Only what is due, by the chain's clock, is offered; the vault has the last word when it is tried. */
function planFreeze({ reason }: Extract<VaultTransfer, { kind: 'freeze' }>, view: SettlementView): Plan {
  if (view.frozenEpoch !== null)
    return { missing: `The vault is frozen already, at root #${view.frozenEpoch}.` };
  return { steps: freezeSteps(view.vault, reason.is === 'demand' ? reason.sub : undefined) };
}

async function planForce(
  { account, amount }: TermsDraft,
  asset: VaultAssetView | undefined,
  { view }: Facts,
): Promise<Plan> {
  const read = readAmount(amount, asset);
  if ('missing' in read) return read;
  if (account === undefined || asset === undefined) return unknownAsset;
  if (view.demands.some((each) => each.account === account))
    return {
      missing: `${labelOf(account)} has a demand open already. The next can be made once it is served.`,
    };
  const proof = await getJson<ProofView>(`/api/v1/proof/final?account=${account}`);
  return { steps: forceSteps(proof, asset, read.units, spanOf(view.terms.forcedGraceSec)) };
}

/** By the proof this browser keeps: the desk is not asked, for it may be gone. */
async function planEscape({ account }: TermsDraft, { view, firm }: Facts): Promise<Plan> {
  if (account === undefined) return { missing: 'Choose an account.' };
  const sub = subOf(firm.owner, account);
  const ofAccount = keptProofs(localStorage, view.vault).filter(({ proof }) => proof.leaf.sub === sub);
  const kept = ofAccount.find(({ proof }) => view.frozenEpoch === null || proof.epoch === view.frozenEpoch);
  if (ofAccount.length === 0) return { missing: 'This browser keeps no proof of this account.' };
  if (kept === undefined) {
    const epochs = ofAccount.map(({ proof }) => `#${proof.epoch}`).join(' and ');
    return {
      missing: `This browser keeps a proof of root ${epochs}; the vault froze at #${view.frozenEpoch}.`,
    };
  }
  const { session } = sessionStore.getState();
  if (session.state !== 'signedIn') return { missing: 'Sign in first.' };
  const { isEscaped, paid } = await readRoot(await readerOfSession(session.session), kept.proof);
  if (isEscaped)
    return { missing: `${kept.label} has left already. What a token refused then is under Collect.` };
  const amounts = view.assets.flatMap((each, place) => {
    const units = BigInt(kept.proof.leaf.entitled[place] ?? '0') - (paid[place] ?? 0n);
    return units <= 0n ? [] : [`${formatUnits(units, each.decimals)} ${each.name}`];
  });
  return { steps: escapeSteps(kept.proof, kept.label, amounts) };
}

/** What a token would not let go at the escape, as the vault itself says it. */
async function planCollect(
  { account }: TermsDraft,
  asset: VaultAssetView | undefined,
  { view, firm }: Facts,
): Promise<Plan> {
  if (account === undefined || asset === undefined) return unknownAsset;
  const { session } = sessionStore.getState();
  if (session.state !== 'signedIn') return { missing: 'Sign in first.' };
  const sub = subOf(firm.owner, account);
  const reader = await readerOfSession(session.session);
  const owed = await readOwed(reader, view, sub);
  const units = owed[view.assets.indexOf(asset)] ?? 0n;
  if (units > 0n) return { steps: collectSteps(view.vault, sub, asset, units) };
  const others = view.assets.filter((_, place) => (owed[place] ?? 0n) > 0n).map(({ name }) => name);
  const other = others.length === 0 ? 'and nothing else' : `but some ${others.join(' and ')}`;
  return { missing: `The vault owes ${labelOf(account)} no ${asset.name} ${other}.` };
}
