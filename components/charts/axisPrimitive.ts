import type {
  IPrimitivePaneView,
  ISeriesPrimitive,
  ISeriesPrimitiveAxisView,
  SeriesAttachedParameter,
  Time,
} from 'lightweight-charts';
import { axisPlaces, coveredTicks, TICK_PX } from './axisPlaces.ts';
import { type CanvasTarget, drawOn, NOWHERE } from './canvasSpace.ts';
import type { ChartMarks } from './chartMarks.ts';
import { type ChartTheme, toneColour } from './chartTheme.ts';

interface AxisLabel {
  priceTicks: number;
  text: string;
  colour: string;
}

/** All our labels on the price axis, placed together so that none covers another or the last price. */
export class AxisPrimitive implements ISeriesPrimitive<Time> {
  #attached: SeriesAttachedParameter<Time> | undefined;
  #labels: readonly AxisLabel[] = [];
  #places: readonly (number | undefined)[] = [];
  #lastTicks: number | undefined;
  #views: ISeriesPrimitiveAxisView[] = [];
  #ground = '';
  /** Prices the library writes on the axis by itself. */
  #tickPrices: readonly number[] = [];
  /** Behind the library's numbers and before our labels. */
  readonly #axisPaneViews: IPrimitivePaneView[] = [
    { zOrder: () => 'normal', renderer: () => ({ draw: (target) => this.#clearTicks(target) }) },
  ];
  readonly #ticksPerUsd: number;

  constructor(ticksPerUsd: number) {
    this.#ticksPerUsd = ticksPerUsd;
  }

  attached(parameter: SeriesAttachedParameter<Time>): void {
    this.#attached = parameter;
  }

  detached(): void {
    this.#attached = undefined;
  }

  set({ lines, band }: ChartMarks, theme: ChartTheme): void {
    this.#ground = theme.ground;
    this.#labels = [
      ...lines.flatMap(({ axisText, priceTicks, tone }) =>
        axisText === undefined ? [] : [{ priceTicks, text: axisText, colour: toneColour(theme, tone) }],
      ),
      ...(band === undefined
        ? []
        : [
            { priceTicks: band.nearTicks, text: band.nearText, colour: theme.danger },
            { priceTicks: band.farTicks, text: band.farText, colour: theme.danger },
          ]),
    ];
    this.#views = this.#labels.map(({ priceTicks, text, colour }, index) => ({
      coordinate: () => this.#y(priceTicks) ?? NOWHERE,
      fixedCoordinate: () => this.#places[index] ?? NOWHERE,
      text: () => text,
      textColor: () => colour,
      backColor: () => theme.raised,
    }));
    this.#attached?.requestUpdate();
  }

  /** The library labels the last price itself. */
  setLast(ticks: number | undefined): void {
    this.#lastTicks = ticks;
  }

  setTickPrices(prices: readonly number[]): void {
    this.#tickPrices = [...prices];
  }

  /** Before each drawing: prices may have moved on the axis since the one before. */
  updateAllViews(): void {
    const height = this.#attached?.chart.paneSize().height ?? 0;
    const ys = this.#labels.map(({ priceTicks }) => this.#y(priceTicks) ?? NOWHERE);
    this.#places = axisPlaces(ys, this.#lastY(), height);
  }

  priceAxisViews(): readonly ISeriesPrimitiveAxisView[] {
    return this.#views;
  }

  priceAxisPaneViews(): readonly IPrimitivePaneView[] {
    return this.#axisPaneViews;
  }

  /** Takes the numbers away that a label covers in part. */
  #clearTicks(target: CanvasTarget): void {
    const tickYs = this.#tickPrices.flatMap((price) => this.#attached?.series.priceToCoordinate(price) ?? []);
    const labelYs = [...this.#places, this.#lastY()].filter((y) => y !== undefined);
    const covered = coveredTicks(tickYs, labelYs);
    if (covered.length === 0) return;
    drawOn(target, ({ context, width }) => {
      context.fillStyle = this.#ground;
      // The line of the axis itself stays.
      for (const y of covered) context.fillRect(1, y - TICK_PX / 2, width - 1, TICK_PX);
    });
  }

  #lastY(): number | undefined {
    return this.#lastTicks === undefined ? undefined : (this.#y(this.#lastTicks) ?? undefined);
  }

  #y(ticks: number): number | null {
    return this.#attached?.series.priceToCoordinate(ticks / this.#ticksPerUsd) ?? null;
  }
}
