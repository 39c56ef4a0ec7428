import type { IPrimitivePaneView, ISeriesPrimitive, SeriesAttachedParameter, Time } from 'lightweight-charts';
import { type CanvasSpace, type CanvasTarget, drawOn } from './canvasSpace.ts';
import type { BandMark } from './chartMarks.ts';
import { type ChartTheme, withAlpha } from './chartTheme.ts';

const HATCH_STEP = 6;

/**
 * The liquidation band. A cross-margin account has no single price: the near edge is the joint way, the
 * far one the asset alone. The price scale does not stretch for it; off the screen it is an edge arrow.
 */
export class BandPrimitive implements ISeriesPrimitive<Time> {
  #attached: SeriesAttachedParameter<Time> | undefined;
  #band: BandMark | undefined;
  #theme: ChartTheme | undefined;
  #ticksPerUsd = 1;
  readonly #paneViews: IPrimitivePaneView[] = [
    { zOrder: () => 'bottom', renderer: () => ({ draw: (target) => this.#draw(target) }) },
    { zOrder: () => 'top', renderer: () => ({ draw: (target) => this.#drawWords(target) }) },
  ];

  attached(parameter: SeriesAttachedParameter<Time>): void {
    this.#attached = parameter;
  }

  detached(): void {
    this.#attached = undefined;
  }

  set(band: BandMark | undefined, ticksPerUsd: number, theme: ChartTheme): void {
    this.#band = band;
    this.#ticksPerUsd = ticksPerUsd;
    this.#theme = theme;
    this.#attached?.requestUpdate();
  }

  paneViews(): readonly IPrimitivePaneView[] {
    return this.#paneViews;
  }

  #y(ticks: number): number | null {
    return this.#attached?.series.priceToCoordinate(ticks / this.#ticksPerUsd) ?? null;
  }

  #draw(target: CanvasTarget): void {
    this.#seen(target, ({ context, theme, top, bottom, width, height }) => {
      if (bottom >= 0 && top <= height) drawBand(context, theme, { top, bottom, width });
    });
  }

  /** Over the grid and the candles: a sentence with lines through it is not read. */
  #drawWords(target: CanvasTarget): void {
    this.#seen(target, ({ context, theme, band, top, bottom, width, height }) => {
      const room = { theme, width };
      if (bottom < 0) drawWords(context, room, arrowed('▲', band.awayWords), 12);
      else if (top > height) drawWords(context, room, arrowed('▼', band.awayWords), height - 12);
      else drawWords(context, room, band.words, Math.max(top + 9, Math.min(bottom - 9, (top + bottom) / 2)));
    });
  }

  #seen(target: CanvasTarget, draw: (seen: SeenBand) => void): void {
    const band = this.#band;
    const theme = this.#theme;
    if (band === undefined || theme === undefined) return;
    const near = this.#y(band.nearTicks);
    const far = this.#y(band.farTicks);
    if (near === null || far === null) return;
    const [top, bottom] = [Math.min(near, far), Math.max(near, far)];
    drawOn(target, (space) => draw({ ...space, theme, band, top, bottom }));
  }
}

interface SeenBand extends CanvasSpace {
  theme: ChartTheme;
  band: BandMark;
  top: number;
  bottom: number;
}

function drawBand(
  context: CanvasRenderingContext2D,
  theme: ChartTheme,
  { top, bottom, width }: { top: number; bottom: number; width: number },
): void {
  context.save();
  context.beginPath();
  context.rect(0, top, width, bottom - top);
  context.fillStyle = withAlpha(theme.danger, 0.07);
  context.fill();
  context.clip();
  context.strokeStyle = withAlpha(theme.danger, 0.42);
  context.lineWidth = 1;
  context.beginPath();
  const rise = bottom - top + 8;
  for (let x = -rise; x < width; x += HATCH_STEP) {
    context.moveTo(x, bottom + 4);
    context.lineTo(x + rise, top - 4);
  }
  context.stroke();
  context.restore();
  context.strokeStyle = theme.danger;
  context.beginPath();
  for (const y of [top, bottom]) {
    context.moveTo(0, Math.round(y) + 0.5);
    context.lineTo(width, Math.round(y) + 0.5);
  }
  context.stroke();
}

function arrowed(arrow: string, wordings: readonly string[]): string[] {
  return wordings.map((words) => `${arrow} ${words}`);
}

/** The longest wording that is read whole. */
function drawWords(
  context: CanvasRenderingContext2D,
  { theme, width }: { theme: ChartTheme; width: number },
  wordings: readonly string[],
  y: number,
): void {
  context.font = `500 11px ${theme.font}`;
  context.textBaseline = 'middle';
  context.textAlign = 'left';
  const measured = wordings.map((words) => ({ words, wide: context.measureText(words).width }));
  const fitting = measured.find(({ wide }) => wide + 22 <= width) ?? measured.at(-1);
  if (fitting === undefined) return;
  context.fillStyle = theme.ground;
  context.fillRect(8, Math.round(y) - 9, fitting.wide + 14, 18);
  context.fillStyle = theme.danger;
  context.fillText(fitting.words, 15, Math.round(y) + 0.5);
}
