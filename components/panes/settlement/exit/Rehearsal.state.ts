import type { VaultAssetView } from '../../../../engine/protocol/views/settlement.ts';
import type { KeptProof } from '../../../../lib/settlement/kitShelf.ts';
import type { KitRehearsal, RehearsedProof } from '../../../../lib/settlement/rehearse.ts';

/** What one account's kit came to. */
export interface RehearsedAccount {
  sub: string;
  label: string;
  /** The root of the proof that was tried last. */
  epoch: number;
  /** Empty where the owner was paid. */
  trouble: string;
  amounts: { asset: VaultAssetView; promised: bigint; received: bigint }[];
}

/**
 * Account by account. One that is in the kit by two roots leaves by the one that fits, and is in trouble only when
 * neither does.
 */
export function rehearsedAccounts(
  { proofs, epoch }: KitRehearsal,
  assets: readonly VaultAssetView[],
): RehearsedAccount[] {
  const subs = [...new Set(proofs.map(({ proof }) => subOf(proof)))];
  return subs.map((sub) => {
    const ofAccount = proofs.filter(({ proof }) => subOf(proof) === sub);
    return accountOf(ofAccount.find(({ refusal }) => refusal === '') ?? ofAccount.at(-1)!, assets, epoch);
  });
}

function accountOf(
  { proof, received, refusal }: RehearsedProof,
  assets: readonly VaultAssetView[],
  frozen: number,
): RehearsedAccount {
  const amounts = assets.flatMap((asset, place) => {
    const promised = promisedBy(proof, place);
    const arrived = received[place] ?? 0n;
    return promised === 0n && arrived === 0n ? [] : [{ asset, promised, received: arrived }];
  });
  const { epoch } = proof.proof;
  const isShort = amounts.some((each) => each.received < each.promised);
  const trouble =
    refusal === '' ? (isShort ? 'less arrived than the kit says' : '') : words(refusal, epoch, frozen);
  return { sub: subOf(proof), label: proof.label, epoch, trouble, amounts };
}

/** Units of an asset, less what the vault had paid when it was kept. */
function promisedBy({ proof, paid }: KeptProof, place: number): bigint {
  const left = BigInt(proof.leaf.entitled[place] ?? '0') - BigInt(paid?.[place] ?? '0');
  return left > 0n ? left : 0n;
}

function words(refusal: string, epoch: number, frozen: number): string {
  if (refusal === 'AlreadyEscaped') return 'it has left the vault already';
  if (refusal === 'BadProof' && epoch !== frozen)
    return `this proof is of root #${epoch}, the vault would freeze at #${frozen}`;
  return `the vault refuses it: ${refusal}`;
}

function subOf({ proof }: KeptProof): string {
  return proof.leaf.sub;
}
