import type { TimeView } from '../../../../engine/protocol/views/margin.ts';
import { formatMove } from '../../../../lib/format.ts';
import type { DepthPicture } from './depthHistory.ts';
import { lengthText, levelWords, restText, type Sounding } from './Gauge.state.ts';

interface Pictured {
  sounding: Sounding;
  /** Joint distance after the ticket. */
  after: number | undefined;
  isHeld: boolean;
  history: DepthPicture | undefined;
  time: TimeView | undefined;
}

/** The picture in sentences, for whoever does not see it: all that it shows, nearest first. */
export function pictureWords({ sounding, after, isHeld, history, time }: Pictured): string {
  const { state, sigmas, rays, path } = sounding;
  if (state === 'unknown') return 'Liquidation distance is not known yet.';
  if (state === 'noRisk') return 'No positions, no liquidation distance.';
  if (state === 'liquidatable') return 'Maintenance margin is not covered: liquidation.';
  const level = levelWords(sounding);
  const lengths = rays.map((ray) => `${ray.label} ${lengthText(ray.sigmas)}`);
  const sentences = [
    `Joint distance ${lengthText(sigmas)}${level === '' ? '' : `, ${level}`}`,
    lengths.slice(1).join(', '),
    path.length > 0 &&
      `Most likely way: ${path.map((each) => `${each.underlying} ${formatMove(each.move)}`).join(', ')}`,
    after !== undefined && `After the ticket ${lengthText(after)}`,
    history !== undefined &&
      `Lowest ${history.isWholeDay ? 'in 24 h' : 'since it is watched'} ${lengthText(history.low)}`,
    time !== undefined && `At rest: ${restText(time)}`,
    isHeld && 'Held: the numbers are old',
  ];
  return sentences
    .filter(Boolean)
    .map((sentence) => `${sentence}.`)
    .join(' ');
}
