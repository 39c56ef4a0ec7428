import type { RootView, SettlementView, SignerView } from '../../../../engine/protocol/views/settlement.ts';
import { formatLeft } from '../../../../lib/format.ts';

export interface RootRow {
  root: RootView;
  /** One for each machine that may sign: whether it has. */
  signed: readonly boolean[];
  /** How much of its dispute time is over, 0 to 1; undefined where it is not in one. */
  passed: number | undefined;
  /** Where it stands, in a word. */
  word: string;
  /** At the right: what is left of the dispute, or that it is the one in force. */
  end: string;
  isNewestFinal: boolean;
}

const words: Readonly<Record<RootView['state'], string>> = {
  signing: 'signing',
  posted: 'dispute',
  final: 'final',
  rejected: 'rejected',
  failed: 'not posted',
};

export function rootRows({ roots, signers, terms }: SettlementView, nowMs: number): RootRow[] {
  const newestFinal = newestFinalOf(roots);
  return roots.map((root) => {
    const isNewestFinal = root === newestFinal;
    return {
      root,
      signed: Array.from(
        { length: Math.max(signers.of, root.signers.length) },
        (_, place) => place < root.signers.length,
      ),
      passed: passedOf(root, terms.disputeSec * 1_000, nowMs),
      word: words[root.state],
      end: endOf(root, isNewestFinal, nowMs),
      isNewestFinal,
    };
  });
}

/** The root everybody could leave by now. */
export function newestFinalOf(roots: readonly RootView[]): RootView | undefined {
  return roots.find(({ state }) => state === 'final');
}

function passedOf({ state, finalMs }: RootView, disputeMs: number, nowMs: number): number | undefined {
  if (state !== 'posted' || finalMs === null || disputeMs <= 0) return undefined;
  return Math.max(0, Math.min(1, 1 - (finalMs - nowMs) / disputeMs));
}

/** A dispute that is over by the clock is final once the desk has read it so from the chain, not before. */
function endOf({ state, finalMs }: RootView, isNewestFinal: boolean, nowMs: number): string {
  if (isNewestFinal) return 'newest final';
  if (state !== 'posted' || finalMs === null) return '';
  return finalMs > nowMs ? formatLeft(finalMs - nowMs + 999) : 'ends';
}

/** Why the next root is not at the vault; undefined while nothing keeps it. */
export function waitingWords({ roots }: SettlementView): string | undefined {
  return roots.find(({ state }) => state === 'signing' || state === 'failed')?.sentence;
}

/** Each machine with what it says of itself, for who wants to know. */
export function machineLines({ signers: { each, guardian } }: SettlementView): string {
  const line = (name: string, { state, sentence }: SignerView) => `${name} ${state}. ${sentence}`;
  const lines = each.map((signer) => line(signer.address.slice(0, 10), signer));
  return [...lines, ...(guardian === null ? [] : [line('guardian', guardian)])].join('\n');
}

/** What a root costs and who signs it, for the head of the pane. */
export function costWords({ roots, signers }: SettlementView): string {
  const gas = roots.find((root) => root.gas !== null)?.gas;
  const away = signers.each.filter(({ state }) => state !== 'ready' && state !== 'inside').length;
  const quorum = `${signers.needed} of ${signers.of} machines${away === 0 ? '' : `, ${away} not ready`}`;
  return gas === undefined || gas === null ? quorum : `${Math.round(gas / 1_000)} k gas, ${quorum}`;
}
