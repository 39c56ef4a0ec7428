import type {
  IPrimitivePaneView,
  ISeriesPrimitive,
  PrimitiveHoveredItem,
  SeriesAttachedParameter,
  Time,
  UTCTimestamp,
} from 'lightweight-charts';
import { type CanvasTarget, drawOn } from './canvasSpace.ts';
import type { FillMark, HoveredFill } from './chartMarks.ts';
import type { ChartTheme } from './chartTheme.ts';

/** Where a fill's candle reaches to, in USD. */
export type CandleReach = (openMs: number) => { high: number; low: number } | undefined;

const HIT_PX = 8;

/** Own fills as hollow triangles: bought below the candle pointing up, sold above it pointing down. */
export class FillsPrimitive implements ISeriesPrimitive<Time> {
  #attached: SeriesAttachedParameter<Time> | undefined;
  #fills: readonly FillMark[] = [];
  #theme: ChartTheme | undefined;
  #reach: CandleReach = () => undefined;
  #drawn: HoveredFill[] = [];
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

  /** The fill nearest to the pointer, by its place among those drawn: the library hands only names back. */
  hitTest(x: number, y: number): PrimitiveHoveredItem | null {
    let nearest: { index: number; away: number } | undefined;
    for (const [index, at] of this.#drawn.entries()) {
      const away = Math.hypot(at.x - x, at.y - y);
      if (away <= HIT_PX && (nearest === undefined || away < nearest.away)) nearest = { index, away };
    }
    if (nearest === undefined) return null;
    return { externalId: `fill ${nearest.index}`, zOrder: 'top', hitTestPriority: 2, distance: nearest.away };
  }

  /** What `hitTest` named. */
  named(id: unknown): HoveredFill | undefined {
    return typeof id === 'string' && id.startsWith('fill ') ? this.#drawn[Number(id.slice(5))] : undefined;
  }

  #draw(target: CanvasTarget): void {
    const theme = this.#theme;
    const attached = this.#attached;
    if (theme === undefined || attached === undefined) return;
    drawOn(target, ({ context }) => {
      context.fillStyle = theme.ground;
      context.strokeStyle = theme.text;
      context.lineWidth = 1.2;
      this.#drawn = [];
      for (const fill of this.#fills) {
        const reach = this.#reach(fill.openMs);
        const x = attached.chart.timeScale().timeToCoordinate((fill.openMs / 1000) as UTCTimestamp);
        if (reach === undefined || x === null) continue;
        const y = attached.series.priceToCoordinate(fill.side === 'up' ? reach.low : reach.high);
        if (y === null) continue;
        const middle = drawTriangle(context, x, y, fill);
        this.#drawn.push({ fill, x, y: middle });
      }
    });
  }
}

/** @returns height of its middle */
function drawTriangle(context: CanvasRenderingContext2D, x: number, y: number, fill: FillMark): number {
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
  return (tip + base) / 2;
}
