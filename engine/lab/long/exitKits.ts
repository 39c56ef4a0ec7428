import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { LocalAccount } from 'viem';
import { exitKitOf } from '../../../lib/settlement/exitKit.ts';
import type { KeptProof } from '../../../lib/settlement/kitShelf.ts';
import { proofViewOf } from '../../host/settlement/proofs.ts';
import { ownerOfSub } from '../../protocol/settlement/root.ts';
import { vaultDomain } from '../../protocol/settlement/vaultMessages.ts';
import type { SessionView } from '../../protocol/views/health.ts';
import type { ProofView, SettlementView } from '../../protocol/views/settlement.ts';
import { addressOf } from '../../sandbox/people.ts';
import { rootOfDraft } from '../../settlement/roots/rootOfDraft.ts';
import { RootStore } from '../../settlement/roots/rootStore.ts';
import { assert } from '../../units/assert.ts';
import { DeskClient } from '../deskClient.ts';

/** Owners who ask at the same time. */
const OWNERS_AT_ONCE = 4;
/** Who holds the keys of the house. */
const HOUSE = addressOf('deployer');
const TRIES_MAX = 20;
const LOOK_MS = 100;

interface Reader {
  readonly client: DeskClient;
  readonly accounts: SessionView['accounts'];
}

/**
 * Takes the exit kit of every owner and of the house from a desk that lives, all of one root: the desk's last one, which is final.
 *
 * @returns the texts that the page would have saved, one for each owner
 */
export async function takeKits(
  address: string,
  dataDir: string,
  owners: readonly LocalAccount[],
): Promise<string[]> {
  const readers: Reader[] = [];
  for (const owner of owners) {
    const client = new DeskClient(address);
    const { accounts } = await client.signIn(owner);
    readers.push({ client, accounts });
  }
  const proofs = new Map<Reader, KeptProof[]>();
  for (let tries = 0; tries < TRIES_MAX; tries++) {
    const epoch = await restingEpoch(address);
    const isNew = (reader: Reader) => (proofs.get(reader) ?? []).some(({ proof }) => proof.epoch === epoch);
    const stale = readers.filter((reader) => !isNew(reader));
    for (let at = 0; at < stale.length; at += OWNERS_AT_ONCE)
      await Promise.all(
        stale
          .slice(at, at + OWNERS_AT_ONCE)
          .map(async (reader) => proofs.set(reader, await proofsOf(reader))),
      );
    const kept = [...proofs.values()];
    const isOneRoot = kept.flat().every(({ proof }) => proof.epoch === epoch);
    if (!isOneRoot || (await restingEpoch(address)) !== epoch) continue;
    return [...kept, await houseProofs(dataDir, epoch, kept[0]![0]!.proof)].map(textOf);
  }
  throw new Error('Roots come faster than kits are taken.');
}

/** The newest root, once it is final: who leaves by an older one would be told that the vault froze at another. */
async function restingEpoch(address: string): Promise<number> {
  const client = new DeskClient(address);
  for (;;) {
    const { body } = await client.get<SettlementView>('/api/v1/settlement');
    const [newest] = body.roots;
    if (newest?.state === 'final') return newest.epoch;
    await delay(LOOK_MS);
  }
}

/** As the page saves it. */
function textOf(kept: readonly KeptProof[]): string {
  const kit = exitKitOf(kept);
  assert(kit !== undefined, 'every owner has an account');
  return JSON.stringify(kit);
}

/** Each account's proof, as the page asks for it. */
async function proofsOf({ client, accounts }: Reader): Promise<KeptProof[]> {
  const kept: KeptProof[] = [];
  for (const { account, label } of accounts) {
    const { status, body } = await client.get<ProofView>(`/api/v1/proof/final?account=${account}`);
    assert(status === 200, `the proof of account ${account} is given and not ${JSON.stringify(body.error)}`);
    kept.push({ proof: body, label, keptMs: Date.now(), paid: undefined });
  }
  return kept;
}

/** The house has no members who sign in: it has the folder. Fees, insurance and dust are its own. */
async function houseProofs(dataDir: string, epoch: number, sample: ProofView): Promise<KeptProof[]> {
  const { chainId, vault } = sample;
  const signed = await new RootStore(path.join(dataDir, 'settlement', 'roots')).read(epoch);
  assert(signed !== undefined, `root ${epoch} is in the folder`);
  const cut = rootOfDraft(signed.draft, vaultDomain(chainId, vault));
  const subs = signed.draft.leaves.map(({ sub }) => sub).filter((sub) => ownerOfSub(sub) === HOUSE);
  return subs.map((sub) => {
    const proof = proofViewOf({ epoch, signed, cut, postedAtMs: 0 }, { chainId, vault }, sub);
    assert(proof !== undefined, `the root has ${sub}`);
    return { proof, label: 'House', keptMs: Date.now(), paid: undefined };
  });
}
