/** A label on the price axis as the library draws it at the size of our font, and a pixel to the next. */
export const LABEL_PX = 19;

/**
 * Where labels stand on the price axis so that each can be read: as near to their prices as their neighbours let
 * them, in the order of their prices. The library itself keeps them three pixels too close, over the last price.
 *
 * @param ys pixels from the top, of prices; in any order
 * @param lastY of the last price, which every label makes room for; undefined while there is none
 * @returns a place for each, in the order given; undefined for what is off the axis
 */
export function axisPlaces(
  ys: readonly number[],
  lastY: number | undefined,
  height: number,
): (number | undefined)[] {
  const isLastShown = lastY !== undefined && lastY >= 0 && lastY <= height;
  const middle = isLastShown ? lastY : height / 2;
  const nearestPx = isLastShown ? LABEL_PX : LABEL_PX / 2;
  const places: (number | undefined)[] = ys.map(() => undefined);
  for (const direction of [-1, 1]) {
    const reaches = [...ys.entries()]
      .filter(([, y]) => y >= 0 && y <= height && y > middle === direction > 0)
      .map(([index, y]) => ({ index, reach: Math.abs(y - middle) }))
      .sort((a, b) => a.reach - b.reach);
    spread(reaches, nearestPx, direction < 0 ? middle : height - middle);
    for (const { index, reach } of reaches) places[index] = middle + direction * reach;
  }
  return places;
}

/** Pushes each out past the one before it, then back in where the axis ends. */
function spread(inOrder: { reach: number }[], nearestPx: number, roomPx: number): void {
  let least = nearestPx;
  for (const each of inOrder) {
    each.reach = Math.max(each.reach, least);
    least = each.reach + LABEL_PX;
  }
  let most = roomPx - LABEL_PX / 2;
  for (const each of inOrder.toReversed()) {
    each.reach = Math.min(each.reach, most);
    most = each.reach - LABEL_PX;
  }
}

/** Height of a number of the axis, and as much above and below as keeps it from touching a label. */
export const TICK_PX = 14;

/** Numbers of the axis that a label would cover in part: half a number reads as another. */
export function coveredTicks(tickYs: readonly number[], labelYs: readonly number[]): number[] {
  const nearestPx = (LABEL_PX + TICK_PX) / 2 - 1;
  return tickYs.filter((tickY) => labelYs.some((labelY) => Math.abs(labelY - tickY) < nearestPx));
}
