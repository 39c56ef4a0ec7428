import type { IPrimitivePaneView, ISeriesPrimitive, SeriesAttachedParameter, Time } from 'lightweight-charts';
import { drawOn } from './canvasSpace.ts';
import { isSameSpace, type PriceSpace } from './priceSpace.ts';

/** Draws nothing: it tells where prices stand whenever the plot is painted, which is the only moment that is sure. */
export class SpacePrimitive implements ISeriesPrimitive<Time> {
  #attached: SeriesAttachedParameter<Time> | undefined;
  #told: PriceSpace | undefined;
  readonly #ticksPerUsd: number;
  readonly #tell: (space: PriceSpace) => void;
  readonly #paneViews: IPrimitivePaneView[] = [
    {
      zOrder: () => 'bottom',
      renderer: () => ({
        draw: (target) => drawOn(target, ({ width, height }) => this.#measure(width, height)),
      }),
    },
  ];

  constructor(ticksPerUsd: number, tell: (space: PriceSpace) => void) {
    this.#ticksPerUsd = ticksPerUsd;
    this.#tell = tell;
  }

  attached(parameter: SeriesAttachedParameter<Time>): void {
    this.#attached = parameter;
  }

  detached(): void {
    this.#attached = undefined;
  }

  paneViews(): readonly IPrimitivePaneView[] {
    return this.#paneViews;
  }

  #measure(width: number, height: number): void {
    const top = this.#attached?.series.coordinateToPrice(0) ?? null;
    const bottom = this.#attached?.series.coordinateToPrice(height) ?? null;
    if (top === null || bottom === null || top === bottom || height === 0) return;
    const space = {
      width,
      height,
      topTicks: top * this.#ticksPerUsd,
      bottomTicks: bottom * this.#ticksPerUsd,
    };
    if (isSameSpace(this.#told, space)) return;
    this.#told = space;
    this.#tell(space);
  }
}
