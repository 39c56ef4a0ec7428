import type {
  IPrimitivePaneView,
  ISeriesPrimitive,
  ISeriesPrimitiveAxisView,
  SeriesAttachedParameter,
  Time,
} from 'lightweight-charts';
import { type CanvasTarget, drawOn, NOWHERE } from './canvasSpace.ts';
import type { LineMark, MarkTone } from './chartMarks.ts';
import type { ChartTheme } from './chartTheme.ts';

/** Prices over the whole width, each with a label on the axis. */
export class LinesPrimitive implements ISeriesPrimitive<Time> {
  #attached: SeriesAttachedParameter<Time> | undefined;
  #lines: readonly LineMark[] = [];
  #theme: ChartTheme | undefined;
  #ticksPerUsd = 1;
  #axisViews: ISeriesPrimitiveAxisView[] = [];
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
    this.#axisViews = lines.flatMap((line) => this.#axisView(line, theme));
    this.#attached?.requestUpdate();
  }

  paneViews(): readonly IPrimitivePaneView[] {
    return this.#paneViews;
  }

  priceAxisViews(): readonly ISeriesPrimitiveAxisView[] {
    return this.#axisViews;
  }

  #axisView(line: LineMark, theme: ChartTheme): ISeriesPrimitiveAxisView[] {
    const { axisText } = line;
    if (axisText === undefined) return [];
    return [
      {
        coordinate: () => this.#y(line) ?? NOWHERE,
        text: () => axisText,
        textColor: () => toneColour(theme, line.tone),
        backColor: () => theme.raised,
      },
    ];
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

function toneColour(theme: ChartTheme, tone: MarkTone): string {
  if (tone === 'plain') return theme.text2;
  return tone === 'up' ? theme.up : tone === 'down' ? theme.down : theme.info;
}
