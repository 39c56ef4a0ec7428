/** Where a number comes from, in words and in the numbers it was made of. */
export interface Reason {
  formula: string;
  inputs: readonly (readonly [name: string, text: string])[];
}
