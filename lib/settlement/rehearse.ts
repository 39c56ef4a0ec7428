import type { ExitRehearsalView } from '../../engine/protocol/views/settlement.ts';
import { postJson } from '../http.ts';
import { exitKitOf } from './exitKit.ts';
import type { KeptProof } from './kitShelf.ts';

/** Of one request, with room for what stands around it: a message has 64 KiB. */
const DIGITS_MAX = 60_000;

/** What became of one kept proof. */
export interface RehearsedProof {
  proof: KeptProof;
  /** Units of each asset that arrived with the owner. */
  received: readonly bigint[];
  /** The vault's own name for why it refuses; empty where it paid. */
  refusal: string;
}

export interface KitRehearsal extends Omit<ExitRehearsalView, 'exits'> {
  proofs: readonly RehearsedProof[];
  /** Of all exits that were paid. */
  gas: number;
}

/**
 * Sends every exit of a kit on copies of the chain on which the desk is gone, as they stand in the file.
 *
 * @fails RequestError
 */
export async function rehearse(kept: readonly KeptProof[]): Promise<KitRehearsal | undefined> {
  const kit = exitKitOf(kept);
  if (kit === undefined) return undefined;
  const proofs: RehearsedProof[] = [];
  let last: ExitRehearsalView | undefined;
  let gas = 0;
  let tookMs = 0;
  const exits = kit.accounts.map((account) => account.escape.data);
  for (const part of partsOf(exits)) {
    const body = { escapes: part.map((place) => exits[place]!) };
    last = await postJson<ExitRehearsalView>('/api/v1/settlement/rehearsal', body);
    tookMs += last.tookMs;
    for (const [index, exit] of last.exits.entries()) {
      gas += exit.gas;
      proofs.push({
        ...{ proof: kept[part[index]!]!, refusal: exit.refusal },
        received: exit.received.map(BigInt),
      });
    }
  }
  if (last === undefined) return undefined;
  const { epoch, block, silenceSec, freezeGas } = last;
  return { epoch, block, silenceSec, freezeGas, tookMs, proofs, gas };
}

/** Places of texts that go together in one request. */
export function partsOf(texts: readonly string[]): number[][] {
  const parts: number[][] = [];
  let digits = Number.POSITIVE_INFINITY;
  for (const [place, { length }] of texts.entries()) {
    if (digits + length > DIGITS_MAX) {
      parts.push([]);
      digits = 0;
    }
    parts.at(-1)!.push(place);
    digits += length;
  }
  return parts;
}
