import type {
  IPrimitivePaneView,
  ISeriesPrimitive,
  ISeriesPrimitiveAxisView,
  SeriesAttachedParameter,
  Time,
} from 'lightweight-charts';
import { type CanvasTarget, drawOn, NOWHERE } from './canvasSpace.ts';
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
  #axisViews: ISeriesPrimitiveAxisView[] = [];
  readonly #paneViews: IPrimitivePaneView[] = [
    { zOrder: () => 'bottom', renderer: () => ({ draw: (target) => this.#draw(target) }) },
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
    const edges =
      band === undefined
        ? []
        : [
            { ticks: band.nearTicks, text: band.nearText },
            { ticks: band.farTicks, text: band.farText },
          ];
    this.#axisViews = edges.map(({ ticks, text }) => ({
      coordinate: () => this.#y(ticks) ?? NOWHERE,
      text: () => text,
      textColor: () => theme.danger,
      backColor: () => theme.surface,
    }));
    this.#attached?.requestUpdate();
  }

  paneViews(): readonly IPrimitivePaneView[] {
    return this.#paneViews;
  }

  priceAxisViews(): readonly ISeriesPrimitiveAxisView[] {
    return this.#axisViews;
  }

  #y(ticks: number): number | null {
    return this.#attached?.series.priceToCoordinate(ticks / this.#ticksPerUsd) ?? null;
  }

  #draw(target: CanvasTarget): void {
    const band = this.#band;
    const theme = this.#theme;
    if (band === undefined || theme === undefined) return;
    const near = this.#y(band.nearTicks);
    const far = this.#y(band.farTicks);
    if (near === null || far === null) return;
    drawOn(target, ({ context, width, height }) => {
      const top = Math.min(near, far);
      const bottom = Math.max(near, far);
      if (bottom < 0 || top > height) drawEdgeArrow(context, theme, band.awayWords, bottom < 0 ? 0 : height);
      else drawBand(context, theme, { top, bottom, width, words: band.words });
    });
  }
}

function drawBand(
  context: CanvasRenderingContext2D,
  theme: ChartTheme,
  { top, bottom, width, words }: { top: number; bottom: number; width: number; words: string },
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
  drawWords(context, theme, words, Math.max(top + 9, Math.min(bottom - 9, (top + bottom) / 2)));
}

function drawEdgeArrow(
  context: CanvasRenderingContext2D,
  theme: ChartTheme,
  words: string,
  edge: number,
): void {
  const isAbove = edge === 0;
  drawWords(context, theme, `${isAbove ? '▲' : '▼'} ${words}`, isAbove ? 12 : edge - 12);
}

function drawWords(context: CanvasRenderingContext2D, theme: ChartTheme, words: string, y: number): void {
  context.font = `500 11px ${theme.font}`;
  context.textBaseline = 'middle';
  context.textAlign = 'left';
  const width = context.measureText(words).width;
  context.fillStyle = theme.ground;
  context.fillRect(8, Math.round(y) - 9, width + 14, 18);
  context.fillStyle = theme.danger;
  context.fillText(words, 15, Math.round(y) + 0.5);
}
