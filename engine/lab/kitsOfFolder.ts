import { readdir } from 'node:fs/promises';
import { type ExitKit, exitKitOf } from '../../lib/settlement/exitKit.ts';
import { proofViewOf } from '../host/settlement/proofs.ts';
import { ownerOfSub } from '../protocol/settlement/root.ts';
import { type VaultDomain, vaultDomain } from '../protocol/settlement/vaultMessages.ts';
import { rootOfDraft } from '../settlement/roots/rootOfDraft.ts';
import { RootStore } from '../settlement/roots/rootStore.ts';
import { assert } from '../units/assert.ts';

const NAME = /^root-(\d+)\.json$/;

/** Whose kit it is, and the file that the page would have saved. */
export interface KitOfOwner {
  readonly owner: string;
  readonly kit: ExitKit;
}

/** Epochs of the roots in a folder, newest first. */
export async function epochsIn(dir: string): Promise<number[]> {
  const epochs = (await readdir(dir)).flatMap((name) => Number(NAME.exec(name)?.[1] ?? []));
  return epochs.sort((a, b) => b - a);
}

/**
 * The exit kits of everybody in a root, made from the folder of signed roots alone: for owners who had no page open when
 * the desk ended. A kit holds its owner's account state as the leaf commits to it, so each goes to its owner only.
 *
 * @param dir `settlement/roots` of a data folder, or a copy of it
 * @param epoch the root the vault froze at
 * @param place of the vault: the folder does not name it
 * @returns one for each owner, ascending; undefined where the folder has no such root
 */
export async function kitsOfFolder(
  dir: string,
  epoch: number,
  { chainId, vault }: { chainId: number; vault: string },
): Promise<KitOfOwner[] | undefined> {
  const signed = await new RootStore(dir).read(epoch);
  if (signed === undefined) return undefined;
  const domain: VaultDomain = vaultDomain(chainId, vault);
  const cut = rootOfDraft(signed.draft, domain);
  const root = { epoch, signed, cut, postedAtMs: 0 };
  const keptMs = signed.draft.timeMs;
  const subs = signed.draft.leaves.map(({ sub }) => sub);
  const owners = [...new Set(subs.map(ownerOfSub))].sort();
  return owners.map((owner) => {
    const own = subs.filter((sub) => ownerOfSub(sub) === owner);
    const kept = own.map((sub) => {
      const proof = proofViewOf(root, { chainId, vault }, sub);
      assert(proof !== undefined, `the root has ${sub}`);
      return { proof, label: sub, keptMs, paid: undefined };
    });
    const kit = exitKitOf(kept);
    assert(kit !== undefined, 'an owner has a leaf');
    return { owner, kit };
  });
}
