import { encodeFunctionData, type Hex } from 'viem';
import type { CutRoot } from '../roots/rootOfDraft.ts';
import type { RootSignature } from '../roots/rootSigner.ts';
import type { Receipt, Sender } from './sender.ts';
import { vaultAbi } from './vaultAbi.ts';
import { VaultReader } from './vaultReader.ts';

/** Deposits one transaction sums up: at 2,700 gas each, a fifth of a block of 30 M. */
const COUNTED_AT_ONCE = 2_000;

/**
 * Posts a root with the signatures of its quorum. Anybody may: it is the signatures that count. Where it counts more
 * deposits than one transaction can, they are summed up before it; killed between, the next try goes on from there.
 *
 * @fails RevertError with the vault's own word, before anything is sent where that can be seen
 */
export async function postRoot(
  sender: Sender,
  vault: Hex,
  { root, accounts }: CutRoot,
  signatures: readonly RootSignature[],
  countedAtOnce = COUNTED_AT_ONCE,
): Promise<Receipt> {
  // The vault wants them ascending, so that none counts twice.
  const ascending = [...signatures].sort((a, b) => (a.signer < b.signer ? -1 : 1));
  const numbered = {
    ...root,
    epoch: BigInt(root.epoch),
    seq: BigInt(root.seq),
    engineTime: BigInt(root.engineTime),
    depositCursor: BigInt(root.depositCursor),
  };
  const signers = ascending.map(({ signer }) => signer);
  const signed = ascending.map(({ signature }) => signature);
  const send = (what: string, functionName: 'count' | 'postRoot', args: readonly unknown[]) => {
    // Hashes and addresses are words of hex on our side, templates of them on the library's.
    const data = encodeFunctionData({ abi: vaultAbi, functionName, args } as never);
    return sender.send({ what, to: vault, data });
  };
  const counted = Number(await new VaultReader(sender.chain, vault).ask('counted', []));
  for (let to = counted + countedAtOnce; to < root.depositCursor; to += countedAtOnce)
    await send(`Counting deposits of root ${root.epoch}`, 'count', [numbered, signers, signed, BigInt(to)]);
  return await send(`Posting root ${root.epoch}`, 'postRoot', [
    ...[numbered, accounts.left, accounts.right],
    ...[signers, signed],
  ]);
}
