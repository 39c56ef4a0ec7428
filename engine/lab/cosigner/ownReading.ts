import type { Decide } from '../../protocol/commands/firm.ts';
import { actionHash, policyHash } from '../../protocol/typed/actionHash.ts';
import { actionSummary, type SummaryNames } from '../../protocol/typed/actionSummary.ts';
import { decideTypedData } from '../../protocol/typed/firmTypedData.ts';
import type { TypedData } from '../../protocol/typed/typedData.ts';
import type { ProposalView } from '../../protocol/views/directory.ts';
import type { FirmView } from '../../protocol/views/firm.ts';
import type { MarketsView, SessionView } from '../../protocol/views/health.ts';
import type { DecideDraftWire } from '../../protocol/wire/firm.ts';
import { type Canonical, canonicalJson } from '../../units/canonicalJson.ts';

/** What the desk says of itself: all that a sentence and a policy's hash are made from. */
export interface DeskNames {
  readonly firm: FirmView;
  readonly markets: MarketsView;
  readonly session: SessionView;
}

/** The desk that is signed for, by the custodian's own settings. */
export interface OwnDomain {
  readonly chainId: number;
  readonly vault: string;
}

/**
 * Whether a proposal says what its action does, by this machine's own reading: the action's hash, the sentence and the
 * policy's hash are made anew from the fields the rules are applied to.
 *
 * @returns what does not match; undefined where everything does
 */
export function mismatchOf(domain: OwnDomain, proposal: ProposalView, desk: DeskNames): string | undefined {
  const { markets, firm } = desk;
  if (markets.chainId !== domain.chainId || markets.vault !== domain.vault)
    return `The desk is of chain ${markets.chainId} and vault ${markets.vault}.`;
  if (proposal.firm !== firm.firm) return 'It is another firm’s: its policy cannot be read here.';
  try {
    if (actionHash(proposal.action) !== proposal.actionHash) return 'The action is not the one of its hash.';
    const summary = actionSummary(proposal.action, namesOf(desk));
    if (summary !== proposal.summary)
      return `The action reads “${summary}”, and the desk says “${proposal.summary}”.`;
    if (policyHash(firm.policy.rules) !== proposal.policyHash)
      return 'The policy is not the one of its hash.';
  } catch (error) {
    return `It cannot be read: ${(error as Error).message}`;
  }
  return undefined;
}

/** What is signed for a decision, made here. */
export function ownTypedData(
  domain: OwnDomain,
  proposal: Pick<ProposalView, 'proposal' | 'action' | 'summary'>,
  { wallet, nonce, ...terms }: DecideDraftWire,
): TypedData {
  const decide: Decide = { kind: 'Decide', proposal: proposal.proposal, ...terms };
  return decideTypedData(domain, decide, proposal, { wallet, nonce });
}

export function isSameText(own: TypedData, drafted: TypedData): boolean {
  return canonicalJson(own as unknown as Canonical) === canonicalJson(drafted as unknown as Canonical);
}

/** By their numbers, as the desk has them: what is not told here has no name, and its sentence does not match. */
function namesOf({ firm, markets, session }: DeskNames): SummaryNames {
  return {
    nodes: byNumber(firm.nodes, ({ node }) => node),
    members: byNumber(firm.members, ({ member }) => member),
    markets: byNumber(markets.markets, ({ instrument }) => instrument),
    assets: markets.assets,
    accounts: byNumber(session.accounts, ({ account }) => account),
  };
}

function byNumber<T>(items: readonly T[], numberOf: (item: T) => number): T[] {
  const placed: T[] = [];
  for (const item of items) placed[numberOf(item)] = item;
  return placed;
}
