import type { Action } from '../../engine/protocol/commands/actions.ts';
import type { AskingTerms } from '../../engine/protocol/commands/firm.ts';
import { pageError } from '../../engine/protocol/pageErrors.ts';
import type { CommandAnswer } from '../../engine/protocol/stream.ts';
import { proposeTypedData } from '../../engine/protocol/typed/firmTypedData.ts';
import type { TypedData } from '../../engine/protocol/typed/typedData.ts';
import type { ActionTrialView, FirmView, ProposalsView } from '../../engine/protocol/views/firm.ts';
import { getJson, postJson, RequestError } from '../http.ts';
import { nextNonce } from '../signing.ts';
import { firmStore } from '../stores/firmStore.ts';
import { differenceOf } from './compareTypedData.ts';
import { refreshFirm } from './followFirm.ts';
import { type Signatory, signTypedData } from './sign.ts';

/** A signed request that has not arrived by then asks for nothing. */
const REQUEST_LIFE_MS = 5 * 60_000;

/** What came of asking: done at once, or the number under which it waits. */
export type Asked = { is: 'done' } | { is: 'waiting'; proposal: number };

/** What would come of an action, before anybody signs. */
export function tryAction(action: Action): Promise<ActionTrialView> {
  return postJson<ActionTrialView>('/api/v1/proposals/preview', { action });
}

/**
 * Asks for an action of the firm: the desk drafts what is to be signed, the page holds every field of it against what
 * was asked, the wallet signs it, the engine judges.
 *
 * @fails WalletError, or RequestError with the engine's own sentence
 */
export async function askFor(signatory: Signatory, firm: number, action: Action): Promise<Asked> {
  const wallet = signatory.session.address.toLowerCase();
  const nonce = nextNonce(Date.now());
  signatory.at('draft');
  const terms = await termsNow();
  const request = { wallet, nonce, firm, action, ...terms };
  const drafted = await postJson<TypedData>('/api/v1/proposals/draft', request);
  const summary = String(drafted.message.summary);
  const expected = proposeTypedData(
    signatory.desk,
    { kind: 'Propose', firm, action, terms },
    summary,
    request,
  );
  refuseOther(expected, drafted);
  const signature = await signTypedData(signatory, expected);
  signatory.at('engine');
  const { results } = await postJson<CommandAnswer>('/api/v1/proposals', { ...request, signature });
  refreshFirm();
  const [result] = results;
  const proposal = result?.status === 'refused' ? undefined : result?.proposal;
  return proposal === undefined ? { is: 'done' } : { is: 'waiting', proposal };
}

/** The policy and the sequence that this page shows; where it shows none, those of now. */
async function termsNow(): Promise<AskingTerms> {
  const shown = firmStore.getState();
  const [{ policy }, { seq, timeMs }] = await Promise.all([
    shown.firm ?? getJson<FirmView>('/api/v1/firm'),
    shown.proposals ?? getJson<ProposalsView>('/api/v1/proposals'),
  ]);
  return { policyHash: policy.hash, seqMin: seq, deadlineMs: timeMs + REQUEST_LIFE_MS };
}

/** A desk, or somebody between, that drafts another text than what was asked for gets no signature. */
function refuseOther(expected: TypedData, drafted: TypedData): void {
  const place = differenceOf(expected, drafted);
  if (place === undefined) return;
  const sentence = `The desk drafted another ${place} than you asked for. Nothing was signed.`;
  throw new RequestError(pageError('signature.payloadMismatch', sentence));
}
