import type { IPrimitivePaneView, ISeriesPrimitive, SeriesAttachedParameter, Time } from 'lightweight-charts';
import { type CanvasTarget, drawOn } from './canvasSpace.ts';
import type { LineMark } from './chartMarks.ts';
import { type ChartTheme, toneColour } from './chartTheme.ts';

/** Prices over the whole width. */
export class LinesPrimitive implements ISeriesPrimitive<Time> {
  #attached: SeriesAttachedParameter<Time> | undefined;
  #lines: readonly LineMark[] = [];
  #theme: ChartTheme | undefined;
  #ticksPerUsd = 1;
  readonly #paneViews: IPrimitivePaneView[] = [
    { zOrder: () => 'top', renderer: () => ({ draw: (target) => this.#draw(target) }) },
  ];

  attached(parameter: SeriesAttachedParameter<Time>): void {
    this.#attached = parameter;
  }

  detached(): void {
    this.#attached = undefined;
  }

  set(lines: readonly LineMark[], ticksPerUsd: number, theme: ChartTheme): void {
    this.#lines = lines;
    this.#ticksPerUsd = ticksPerUsd;
    this.#theme = theme;
    this.#attached?.requestUpdate();
  }

  paneViews(): readonly IPrimitivePaneView[] {
    return this.#paneViews;
  }

  #y(line: LineMark): number | null {
    return this.#attached?.series.priceToCoordinate(line.priceTicks / this.#ticksPerUsd) ?? null;
  }

  #draw(target: CanvasTarget): void {
    const theme = this.#theme;
    if (theme === undefined) return;
    drawOn(target, ({ context, width, height }) => {
      for (const line of this.#lines) {
        const y = this.#y(line);
        if (y !== null && y >= 0 && y <= height) drawLine(context, theme, line, y, width);
      }
    });
  }
}

function drawLine(
  context: CanvasRenderingContext2D,
  theme: ChartTheme,
  line: LineMark,
  y: number,
  width: number,
): void {
  context.strokeStyle = toneColour(theme, line.tone);
  context.lineWidth = 1;
  context.setLineDash(line.dash === 'dashed' ? [5, 4] : [1, 3]);
  context.beginPath();
  context.moveTo(0, Math.round(y) + 0.5);
  context.lineTo(width, Math.round(y) + 0.5);
  context.stroke();
  context.setLineDash([]);
}
