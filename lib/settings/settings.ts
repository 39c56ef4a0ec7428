import * as z from 'zod/mini';
import { SOUND_KINDS } from '../sounds/soundName.ts';
import { isZone } from '../timeZone.ts';
import { MARKET_SORTS } from './marketSort.ts';

/** A number as typed, without sign; empty is no limit. */
const decimal = z.string().check(z.regex(/^(\d{1,12}(\.\d{1,8})?)?$/));
const limit = z.object({ warn: decimal, hard: decimal });
const percent = z.int().check(z.gte(0), z.lte(100));

export type GuardLimit = z.infer<typeof limit>;

/** What a person set on this browser, field by field, so that one that is not understood loses only itself. */
export const settingFields = {
  theme: z.enum(['dark', 'light']),
  palette: z.enum(['classic', 'swapped', 'blue-orange']),
  density: z.enum(['compact', 'regular', 'comfortable']),
  /** In which zone times are written; `desk` is the IANA name of the zone that was chosen for the desk. */
  times: z.object({ zone: z.enum(['utc', 'local', 'desk']), desk: z.string().check(z.refine(isZone)) }),
  sounds: z.object({
    isOn: z.boolean(),
    volumePercent: percent,
    /** What was chosen for a kind of event; one that is missing sounds with the others. */
    kinds: z.optional(
      z.partialRecord(z.enum(SOUND_KINDS), z.object({ isOn: z.boolean(), volumePercent: percent })),
    ),
  }),
  /** What one click on an armed ladder sends, by market in its own unit: left button, right button. */
  clickSizes: z.record(z.string(), z.object({ first: decimal, second: decimal })),
  sizePresets: z.array(decimal).check(z.maxLength(6)),
  guards: z.object({
    maxSizeUsd: limit,
    dayVolumePercent: limit,
    /** Missing in what was kept before there was one. */
    minuteVolumePercent: z.optional(limit),
    priceAwayPercent: limit,
    /** By market, in its own unit. */
    maxSize: z.record(z.string(), limit),
  }),
  /**
   * Of orders at market, in percent of the mark: the worst price of one that may open, and from which worst fill on one
   * asks and is refused.
   */
  slippage: z.object({ tolerancePercent: decimal, warn: decimal, hard: decimal }),
  /**
   * It recentres itself when the market leaves its middle half; its sizes are summed from the best price; its one-click
   * orders are refused by the engine where they would trade at once.
   */
  ladder: z.object({ isFollowing: z.boolean(), isCumulative: z.boolean(), isPostOnly: z.boolean() }),
  tape: z.object({ minimumUsd: decimal, isMerged: z.boolean() }),
  /** How the market picker was sorted last; reversed, its usual last stands first. */
  picker: z.object({ sort: z.enum(MARKET_SORTS), isReversed: z.boolean() }),
  /** Markets that stand first in the picker. */
  favourites: z.array(z.string().check(z.maxLength(40))).check(z.maxLength(200)),
};

type Fields = typeof settingFields;
export type Settings = { [Name in keyof Fields]: z.infer<Fields[Name]> };

/** What stands before anybody chose. The theme is the operating system's. */
export function defaultSettings(isLightPreferred: boolean): Settings {
  return {
    theme: isLightPreferred ? 'light' : 'dark',
    palette: 'classic',
    density: 'compact',
    times: { zone: 'utc', desk: 'Europe/London' },
    sounds: { isOn: false, volumePercent: 60 },
    clickSizes: {},
    sizePresets: ['1', '5', '10'],
    guards: {
      maxSizeUsd: { warn: '5000000', hard: '50000000' },
      // A desk younger than a day knows no day's volume, and a quiet minute has next to none: every order would be too much.
      dayVolumePercent: { warn: '', hard: '' },
      minuteVolumePercent: { warn: '', hard: '' },
      priceAwayPercent: { warn: '5', hard: '20' },
      maxSize: {},
    },
    slippage: { tolerancePercent: '1', warn: '0.5', hard: '3' },
    ladder: { isFollowing: false, isCumulative: false, isPostOnly: false },
    tape: { minimumUsd: '0', isMerged: false },
    picker: { sort: 'listed', isReversed: false },
    favourites: [],
  };
}

/** The fields of a stored text that are understood; anything else counts as never chosen. */
export function readSettings(text: string | null): Partial<Settings> {
  const stored = parseObject(text);
  const chosen: Record<string, unknown> = {};
  for (const [name, field] of Object.entries(settingFields)) {
    const read = field.safeParse(stored[name]);
    if (read.success) chosen[name] = read.data;
  }
  return chosen as Partial<Settings>;
}

function parseObject(text: string | null): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text ?? '{}');
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}
