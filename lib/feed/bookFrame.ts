import type { LevelView } from '../../engine/protocol/views/market.ts';

/** One book at one sequence: bars and numbers of a paint come from the same one. Best first. */
export interface BookFrame {
  instrument: number;
  bids: LevelView[];
  asks: LevelView[];
  seq: number;
}
