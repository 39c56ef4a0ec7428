/** Error codes of proposals, of agreeing to them and of what is said about them, as in `errors.ts`: one table in several files. */
export const proposalErrors = {
  'proposal.unknown': [680, 'There is no such open proposal. It was decided, withdrawn or has expired.'],
  'proposal.notMaker': [681, 'Only who made a proposal may withdraw it.'],
  'proposal.quorumLost': [682, 'Some who had agreed may not any more. Propose it again.'],
  'proposal.needsGrown': [
    695,
    'It needs more people by now than when they agreed: what went before it counts. Propose it again.',
  ],
  'proposal.expired': [696, 'The time to agree to it is over. Propose it again.'],
  'proposal.tooManyOwn': [697, 'Eight that you asked for wait already. Withdraw one, or have one decided.'],
  'proposal.tooMany': [
    683,
    'The firm has 64 open proposals, or 48 besides those that only tighten. Decide or withdraw some first.',
  ],
  'approval.expired': [684, 'The deadline of what was signed has passed. Sign it again.'],
  'approval.seqAhead': [685, 'What was signed names a sequence that is not there yet.'],
  'approval.policyChanged': [687, 'The policy is not the one that was signed for. Look again.'],
  'approval.ownProposal': [688, 'Who proposes does not agree. Ask somebody else.'],
  'approval.repeated': [689, 'This person has agreed already, with this wallet or another of theirs.'],
  'approval.notNeeded': [690, 'This proposal does not ask for the agreement of this role here.'],
  'approval.reasonMissing': [691, 'Say why: whoever asked reads it, and so does an auditor.'],
  'comment.invalid': [692, 'A comment has 1 to 280 characters, none of them invisible.'],
  'comment.notConcerned': [
    693,
    'Only who asked for it, who may agree and who may object speak about a proposal.',
  ],
  'comment.tooMany': [694, 'This proposal has 50 comments. Decide it, or withdraw it and ask again.'],
} as const satisfies Record<string, readonly [number, string]>;
