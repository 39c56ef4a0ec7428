/**
 * Who trades on the sandbox besides people: each is one account of a firm of its own, ordered for by one
 * `local` agent of this name. Where a directory lists no agent of a name, that participant stays away.
 */
export const participants = [
  { agent: 'maker-1', label: 'Market maker 1' },
  { agent: 'maker-2', label: 'Market maker 2' },
  { agent: 'maker-3', label: 'Market maker 3' },
  { agent: 'taker-1', label: 'Taker flow 1' },
  { agent: 'taker-2', label: 'Taker flow 2' },
  { agent: 'replay-book', label: 'Replay book' },
  { agent: 'replay-trades', label: 'Replay trades' },
  { agent: 'maker-4', label: 'Option maker' },
  { agent: 'maker-5', label: 'Futures maker' },
  { agent: 'taker-3', label: 'Contract taker' },
  { agent: 'replay-options', label: 'Replay options' },
] as const;

export type ParticipantName = (typeof participants)[number]['agent'];
