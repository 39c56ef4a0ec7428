/** What Derive's managers answer, all in USD. */
export interface DeriveMargin {
  /** Cash that is free above initial margin: 0 is the limit of new risk, negative misses that much. */
  readonly initial: number;
  /** The same above maintenance: below 0 an auction starts. */
  readonly maintenance: number;
  readonly markToMarket: number;
}
