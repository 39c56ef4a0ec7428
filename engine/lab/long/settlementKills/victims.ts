/**
 * Who can be killed: the desk, which its user starts again, or what the desk starts again itself: its chain, one of three
 * signers, two of them, without whom nothing is signed, or the guardian, without whom nothing is objected to.
 */
export const victims = ['desk', 'anvil', 'signer', 'signers', 'guardian'] as const;
/** Who is there while a vault is opened: signers come once it is. */
const openingVictims = ['desk', 'anvil'] as const;
export type Victim = (typeof victims)[number];

export type VictimAt = (index: number) => Victim | undefined;

/** Opening by opening and round by round, each victim once after each step. */
export const fullRun = (count: number): { openings: VictimAt[]; rounds: VictimAt[] } => ({
  openings: eachOf(openingVictims, count),
  rounds: eachOf(victims, count),
});

const eachOf = (all: readonly Victim[], count: number): VictimAt[] =>
  Array.from({ length: count * all.length }, (_, round) => () => all[round % all.length]!);
