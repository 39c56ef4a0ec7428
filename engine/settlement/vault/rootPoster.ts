import { encodeFunctionData, type Hex } from 'viem';
import type { CutRoot } from '../roots/rootOfDraft.ts';
import type { RootSignature } from '../roots/rootSigner.ts';
import type { Receipt, Sender } from './sender.ts';
import { vaultAbi } from './vaultAbi.ts';

/**
 * Posts a root with the signatures of its quorum. Anybody may: it is the signatures that count.
 *
 * @fails RevertError with the vault's own word, before anything is sent where that can be seen
 */
export function postRoot(
  sender: Sender,
  vault: Hex,
  { root, accounts }: CutRoot,
  signatures: readonly RootSignature[],
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
  const args = [
    numbered,
    accounts.left,
    accounts.right,
    ascending.map(({ signer }) => signer),
    ascending.map(({ signature }) => signature),
  ];
  // Hashes and addresses are words of hex on our side, templates of them on the library's.
  const data = encodeFunctionData({ abi: vaultAbi, functionName: 'postRoot', args } as never);
  return sender.send({ what: `Posting root ${root.epoch}`, to: vault, data });
}
