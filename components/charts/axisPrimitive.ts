import type {
  ISeriesPrimitive,
  ISeriesPrimitiveAxisView,
  SeriesAttachedParameter,
  Time,
} from 'lightweight-charts';
import { axisPlaces } from './axisPlaces.ts';
import { NOWHERE } from './canvasSpace.ts';
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

  /** Before each drawing: prices may have moved on the axis since the one before. */
  updateAllViews(): void {
    const height = this.#attached?.chart.paneSize().height ?? 0;
    const ys = this.#labels.map(({ priceTicks }) => this.#y(priceTicks) ?? NOWHERE);
    const lastY = this.#lastTicks === undefined ? undefined : (this.#y(this.#lastTicks) ?? undefined);
    this.#places = axisPlaces(ys, lastY, height);
  }

  priceAxisViews(): readonly ISeriesPrimitiveAxisView[] {
    return this.#views;
  }

  #y(ticks: number): number | null {
    return this.#attached?.series.priceToCoordinate(ticks / this.#ticksPerUsd) ?? null;
  }
}
