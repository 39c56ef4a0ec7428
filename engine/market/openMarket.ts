import type { DirectoryView } from '../protocol/views/directory.ts';
import { GeneratedMarket } from './generated/generatedMarket.ts';
import type { Market, Pace } from './market.ts';
import { type Defect, sentenceOf } from './recorded/defects.ts';
import { openRecordedMarket } from './recorded/recordedMarket.ts';

export interface MarketOptions {
  source: { kind: 'generated' } | { kind: 'recorded'; path: string };
  directory: DirectoryView;
  seed: number;
  pace: Pace;
  /** Seconds of a recording in one second of the desk; 1 unless said. */
  speed?: number;
  /** Index prices an earlier run ended with, by underlying: generated paths go on from there. */
  startPricesE8?: ReadonlyMap<number, number>;
  /** Hears what an operator should read: which file plays where, and each defect of a file once. */
  onNotice?: (sentence: string) => void;
}

/**
 * Opens the market a desk was asked for.
 *
 * @fails MarketFileError when a recording cannot be played
 */
export async function openMarket(options: MarketOptions): Promise<Market> {
  const { source, onNotice = () => {}, ...rest } = options;
  if (source.kind === 'generated') return new GeneratedMarket(rest);
  const onDefect = (defect: Defect) => onNotice(sentenceOf(defect));
  const market = await openRecordedMarket({ ...rest, path: source.path, onDefect });
  for (const { instrument, files } of market.sources) onNotice(`${instrument} plays ${files.join(', ')}.`);
  return market;
}
