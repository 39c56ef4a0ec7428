/** Where a number comes from, in words and in the numbers it was made of. */
export interface Reason {
  formula: string;
  inputs: readonly (readonly [name: string, text: string])[];
}

/** One number of a table: what it is called, and where it was read if not where the rest of the table was. */
export interface CellReason extends Reason {
  name: string;
  source?: string;
}
