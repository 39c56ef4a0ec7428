import type {
  IPrimitivePaneView,
  ISeriesPrimitive,
  SeriesAttachedParameter,
  Time,
  UTCTimestamp,
} from 'lightweight-charts';
import { type CanvasTarget, drawOn } from './canvasSpace.ts';
import type { FillMark } from './chartMarks.ts';
import type { ChartTheme } from './chartTheme.ts';

/** Where a fill's candle reaches to, in USD. */
export type CandleReach = (openMs: number) => { high: number; low: number } | undefined;

/** Own fills as hollow triangles: bought below the candle pointing up, sold above it pointing down. */
export class FillsPrimitive implements ISeriesPrimitive<Time> {
  #attached: SeriesAttachedParameter<Time> | undefined;
  #fills: readonly FillMark[] = [];
  #theme: ChartTheme | undefined;
  #reach: CandleReach = () => undefined;
  readonly #paneViews: IPrimitivePaneView[] = [
    { zOrder: () => 'top', renderer: () => ({ draw: (target) => this.#draw(target) }) },
  ];

  attached(parameter: SeriesAttachedParameter<Time>): void {
    this.#attached = parameter;
  }

  detached(): void {
    this.#attached = undefined;
  }

  set(fills: readonly FillMark[], reach: CandleReach, theme: ChartTheme): void {
    this.#fills = fills;
    this.#reach = reach;
    this.#theme = theme;
    this.#attached?.requestUpdate();
  }

  paneViews(): readonly IPrimitivePaneView[] {
    return this.#paneViews;
  }

  #draw(target: CanvasTarget): void {
    const theme = this.#theme;
    const attached = this.#attached;
    if (theme === undefined || attached === undefined) return;
    drawOn(target, ({ context }) => {
      context.fillStyle = theme.ground;
      context.strokeStyle = theme.text;
      context.lineWidth = 1.2;
      for (const fill of this.#fills) {
        const reach = this.#reach(fill.openMs);
        const x = attached.chart.timeScale().timeToCoordinate((fill.openMs / 1000) as UTCTimestamp);
        if (reach === undefined || x === null) continue;
        const y = attached.series.priceToCoordinate(fill.side === 'up' ? reach.low : reach.high);
        if (y !== null) drawTriangle(context, x, y, fill);
      }
    });
  }
}

function drawTriangle(context: CanvasRenderingContext2D, x: number, y: number, fill: FillMark): void {
  const size = fill.isLarge ? 5 : 4;
  // Screen y grows downwards: bought hangs below the low.
  const way = fill.side === 'up' ? 1 : -1;
  const tip = y + way * 4;
  const base = tip + way * size * 2;
  context.beginPath();
  context.moveTo(x, tip);
  context.lineTo(x + size, base);
  context.lineTo(x - size, base);
  context.closePath();
  context.fill();
  context.stroke();
}
