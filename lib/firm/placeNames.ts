import type { FirmView } from '../../engine/protocol/views/firm.ts';
import type { CrossingNames } from './crossings.ts';

/** What the places and accounts of a firm are called; those of another by their number. */
export function placeNames({ nodes }: FirmView): CrossingNames {
  return {
    accountLabel: (number) => nodes.find(({ account }) => account === number)?.label ?? `account ${number}`,
    labelOf: (number) => nodes.find(({ node }) => node === number)?.label ?? `node ${number}`,
  };
}
