import type { CommentProposal, Decide } from '../../engine/protocol/commands/firm.ts';
import { pageError } from '../../engine/protocol/pageErrors.ts';
import { actionHash } from '../../engine/protocol/typed/actionHash.ts';
import {
  commentTypedData,
  decideTypedData,
  withdrawTypedData,
} from '../../engine/protocol/typed/firmTypedData.ts';
import type { TypedData } from '../../engine/protocol/typed/typedData.ts';
import type { ProposalView } from '../../engine/protocol/views/directory.ts';
import { postJson, RequestError } from '../http.ts';
import { nextNonce } from '../signing.ts';
import type { Desk } from '../wallet/connect.ts';
import { refreshFirm } from './followFirm.ts';
import { type Signatory, signTypedData } from './sign.ts';

/** A signed decision that has not arrived by then is worth nothing. */
const DECISION_LIFE_MS = 5 * 60_000;

/** What a person looks at when they decide. */
export interface SeenProposal {
  proposal: ProposalView;
  /** Sequence and engine time of what was shown. */
  seq: number;
  timeMs: number;
  /** Of the signature to come, so that what is shown is what is signed. */
  nonce: number;
}

/** What somebody decides, and why. */
export type Verdict = Pick<Decide, 'decision' | 'reason'>;

/** The exact terms of a decision: what is agreed to, by which rules, having seen what, for how long. */
function decisionOf({ proposal, seq, timeMs }: SeenProposal, verdict: Verdict): Decide {
  return {
    kind: 'Decide',
    proposal: proposal.proposal,
    ...verdict,
    actionHash: actionHash(proposal.action),
    policyHash: proposal.policyHash,
    seqMin: seq,
    deadlineMs: timeMs + DECISION_LIFE_MS,
  };
}

/** What a wallet is asked to sign for a decision. */
export function decisionTypedData(
  desk: Desk,
  address: string,
  seen: SeenProposal,
  verdict: Verdict,
): TypedData {
  const signer = { wallet: address.toLowerCase(), nonce: seen.nonce };
  return decideTypedData(desk, decisionOf(seen, verdict), seen.proposal, signer);
}

/**
 * Agrees to a proposal, or ends it, with the wallet's signature over action, policy and decision.
 *
 * @fails WalletError, or RequestError with the engine's own sentence
 */
export async function decide(signatory: Signatory, seen: SeenProposal, verdict: Verdict): Promise<void> {
  const { kind: _, proposal, ...terms } = decisionOf(seen, verdict);
  if (terms.actionHash !== seen.proposal.actionHash) {
    const sentence = 'The action shown is not the one the desk names. Nothing was signed.';
    throw new RequestError(pageError('approval.actionChanged', sentence));
  }
  const wallet = signatory.session.address.toLowerCase();
  const typedData = decisionTypedData(signatory.desk, wallet, seen, verdict);
  const signature = await signTypedData(signatory, typedData);
  signatory.at('engine');
  const wire = { wallet, nonce: seen.nonce, ...terms, signature };
  await postJson(`/api/v1/proposals/${proposal}/decision`, wire);
  refreshFirm();
}

/** Takes one's own proposal back. */
export async function withdraw(signatory: Signatory, proposal: number): Promise<void> {
  const signer = { wallet: signatory.session.address.toLowerCase(), nonce: nextNonce(Date.now()) };
  const typedData = withdrawTypedData(signatory.desk, { kind: 'WithdrawProposal', proposal }, signer);
  const signature = await signTypedData(signatory, typedData);
  signatory.at('engine');
  await postJson(`/api/v1/proposals/${proposal}/withdrawal`, { ...signer, signature });
  refreshFirm();
}

/** Says something about an open proposal, or asks who made it. */
export async function comment(
  signatory: Signatory,
  proposal: number,
  said: Pick<CommentProposal, 'text' | 'isQuestion'>,
): Promise<void> {
  const signer = { wallet: signatory.session.address.toLowerCase(), nonce: nextNonce(Date.now()) };
  const command = { kind: 'CommentProposal', proposal, ...said } as const;
  const signature = await signTypedData(signatory, commentTypedData(signatory.desk, command, signer));
  signatory.at('engine');
  await postJson(`/api/v1/proposals/${proposal}/comments`, { ...signer, ...said, signature });
  refreshFirm();
}
