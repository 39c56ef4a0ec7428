import type { Inputs } from '../inputs.ts';
import type { Answers } from '../judge.ts';

/** Hands a vector's inputs to the venue's function and names what comes back as the vectors do. */
export type Rule = (inputs: Inputs) => Answers;

/** Rules of one venue by feature. */
export type VenueRules = Readonly<Record<string, Rule>>;
