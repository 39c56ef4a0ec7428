import type { MarketView } from '../../../../engine/protocol/views/market.ts';
import { formatPrice } from '../../../../lib/format.ts';
import type { Freshness } from '../../../../lib/freshness.ts';
import type { ClickSizes } from '../../../../lib/hooks/clickSizes.ts';
import type { LadderActions } from './ladderActions.ts';
import { rowWords } from './ladderText.ts';
import { meaningOf, ownOrders, type PressButton, type PressMeaning, sideOf } from './press.ts';
import type { Carrying } from './useCarried.ts';
import type { Painted } from './useLadder.ts';
import type { CellPlace } from './useLadderKeys.ts';

export interface PressContext {
  market: MarketView | undefined;
  painted: Painted;
  carrying: Carrying;
  sizes: ClickSizes | undefined;
  isArmed: boolean;
  freshness: Freshness;
  actions: LadderActions;
  /** For eyes and screen readers: what happened, or why nothing did. */
  say: (sentence: string) => void;
  /** For screen readers only. */
  read: (words: string) => void;
}

/** What presses and keys on cells do, by mouse and by keyboard alike. */
export function usePresses(context: PressContext) {
  const { market, painted, carrying, isArmed, freshness, actions, say, read } = context;
  const rowAt = ({ row }: CellPlace) => painted.rows.current[row];
  const aim = (place: CellPlace | undefined) => {
    if (carrying.aimAt(place && rowAt(place)?.priceTicks)) painted.repaint();
  };
  const putDown = (priceTicks: number) => {
    const carried = carrying.carried();
    carrying.letGo();
    if (carried === undefined || priceTicks === carried.fromTicks) return say('Left where it was.');
    actions.move(carried.orders, priceTicks);
    // Whether the engine moved them is told where every outcome is.
    if (market !== undefined) read(`Put down at ${formatPrice(priceTicks, market)}.`);
  };
  const act = (meaning: PressMeaning) => {
    say('');
    switch (meaning.is) {
      case 'write':
        return actions.write(meaning.priceTicks, meaning.side);
      case 'place': {
        const size = context.sizes?.[meaning.size] ?? '';
        if (size === '') return say('Nothing sent: this button has no size. Write one above.');
        return actions.place(meaning.side, meaning.priceTicks, size);
      }
      case 'pickUp':
        carrying.pickUp(meaning.carried);
        return say('Picked up. Press the price it shall go to, or Escape.');
      case 'putDown':
        return putDown(meaning.priceTicks);
      case 'cancel':
        return actions.cancel(meaning.orders);
      case 'refused':
        return say(meaning.sentence);
      case 'nothing':
        return;
    }
  };
  const press = (place: CellPlace, button: PressButton) => {
    const row = rowAt(place);
    if (row === undefined) return;
    const carried = carrying.carried();
    act(meaningOf({ column: place.column, row, button, carried, isArmed, freshness }));
  };
  const pickUp = (place: CellPlace): boolean => {
    const row = rowAt(place);
    const orders = row === undefined ? [] : ownOrders(row, sideOf(place.column));
    const [first] = orders;
    if (row === undefined || first === undefined) return false;
    const { side } = first;
    // From the price column whatever stands there is meant, and of two sides the first.
    const ofSide = orders.filter((order) => order.side === side);
    act({ is: 'pickUp', carried: { side, fromTicks: row.priceTicks, orders: ofSide } });
    return true;
  };
  return {
    onPress: press,
    onPickUp: pickUp,
    onPutDown: (place: CellPlace) => press(place, 'first'),
    onHover: aim,
    onMove(place: CellPlace) {
      const row = rowAt(place);
      if (row !== undefined && market !== undefined) read(rowWords(row, market));
      aim(place);
    },
    onCarry(place: CellPlace) {
      if (carrying.carried() !== undefined) press(place, 'first');
      else if (!pickUp(place)) say('There is no order of yours at this price.');
    },
    onWatch(place: CellPlace) {
      const row = rowAt(place);
      if (row === undefined) return;
      say(row.hasLevel ? 'No longer watched.' : 'Watched.');
      actions.watch(row.priceTicks);
    },
    onStop(): boolean {
      const wasCarrying = carrying.carried() !== undefined;
      if (wasCarrying) {
        carrying.letGo();
        say('Left where it was.');
      }
      return wasCarrying;
    },
  };
}
