/** Where the projections stand: they get everything behind, as far as the journal still has it. */
export interface Projected {
  /** Undefined when there are none to feed. */
  readonly recordsSeq: number | undefined;
  readonly auditSeq: number;
}
