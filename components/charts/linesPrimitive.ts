import type {
  IPrimitivePaneView,
  ISeriesPrimitive,
  ISeriesPrimitiveAxisView,
  SeriesAttachedParameter,
  Time,
} from 'lightweight-charts';
import { type CanvasTarget, drawOn, NOWHERE } from './canvasSpace.ts';
import { clusterLines, type LineMark } from './chartMarks.ts';
import type { ChartTheme } from './chartTheme.ts';
import { drawPill, toneColour } from './pill.ts';

const PARTS_MAX = 4;
const MARGIN = 8;

/** Orders and the entry: a line, a pill, a label on the axis. */
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
    this.#axisViews = lines.map((line) => this.#axisView(line, theme));
    this.#attached?.requestUpdate();
  }

  paneViews(): readonly IPrimitivePaneView[] {
    return this.#paneViews;
  }

  priceAxisViews(): readonly ISeriesPrimitiveAxisView[] {
    return this.#axisViews;
  }

  #axisView(line: LineMark, theme: ChartTheme): ISeriesPrimitiveAxisView {
    return {
      coordinate: () => this.#y(line) ?? NOWHERE,
      text: () => line.axisText,
      textColor: () => (line.tone === 'plain' ? theme.text2 : toneColour(theme, line.tone)),
      backColor: () => theme.raised,
    };
  }

  #y(line: LineMark): number | null {
    return this.#attached?.series.priceToCoordinate(line.priceTicks / this.#ticksPerUsd) ?? null;
  }

  #draw(target: CanvasTarget): void {
    const theme = this.#theme;
    if (theme === undefined) return;
    drawOn(target, ({ context, width, height }) => {
      const visible = this.#lines
        .map((line) => ({ line, y: this.#y(line) ?? Number.NaN }))
        .filter(({ y }) => y >= 0 && y <= height);
      for (const { line, y } of visible) drawLine(context, theme, line, y, width);
      for (const at of ['left', 'right'] as const) {
        const onSide = visible.filter(({ line }) => line.at === at);
        for (const cluster of clusterLines(onSide)) drawCluster(context, theme, cluster, width);
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

function drawCluster(
  context: CanvasRenderingContext2D,
  theme: ChartTheme,
  cluster: readonly { line: LineMark; y: number }[],
  width: number,
): void {
  const first = cluster[0];
  if (first === undefined) return;
  const parts = cluster.flatMap(({ line }) => line.parts);
  const more = parts.length - PARTS_MAX;
  const shown =
    more > 0 ? [...parts.slice(0, PARTS_MAX), { text: `+${more}`, tone: 'plain' as const }] : parts;
  const isOne = cluster.length === 1 && first.line.tone !== 'plain';
  const border = isOne ? toneColour(theme, first.line.tone) : theme.lineStrong;
  const y = cluster.reduce((sum, each) => sum + each.y, 0) / cluster.length;
  const x = first.line.at === 'left' ? MARGIN : width - MARGIN;
  drawPill(context, theme, { x, y, align: first.line.at, border }, shown);
}
