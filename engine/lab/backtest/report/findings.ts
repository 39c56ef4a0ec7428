import { RANGE_CAP_PPM, RANGE_Z_PPM } from '../../../core/margin/defaultParameters.ts';
import { PPM_SCALE } from '../../../units/rate.ts';
import type { AssetStudy } from '../assetStudy.ts';
import { BookMeasure } from '../bookStudy.ts';
import { Measure } from '../coverage.ts';
import { FIXED_SHOCK } from '../rivals.ts';
import { type BackTest, isHedged } from '../runBackTest.ts';
import { AIM, shareOf, shortestBreaches } from './coverageTables.ts';
import { className, count, hourOf, hours, percent, times } from './words.ts';

/** The answer in sentences, each with its numbers from this run. */
export function findings(test: BackTest): string[] {
  const listed = test.assets.filter(({ market }) => market.isListed);
  return [
    coverageFinding(listed),
    ...test.minutes.map(
      ({ name, coverage }) =>
        `BTC over half an hour, by the minute, ${name}: a long stays inside its range in ${percent(1 - coverage.long.breaches[Measure.range]! / coverage.windows, 3)} of windows; the worst move was ${times(coverage.worstRatio)} its range.`,
    ),
    bookFinding(test),
    marginFinding(test.assets),
    riseFinding(test.assets),
  ];
}

function coverageFinding(listed: readonly AssetStudy[]): string {
  const shortest = listed.map(({ coverages }) => shareOf(coverages[0]!, Measure.range));
  const holds = shortest.filter(({ value }) => 1 - value >= AIM).length;
  const surely = shortest.filter(({ high }) => 1 - high >= AIM).length;
  const all = listed.flatMap(({ coverages }) => coverages);
  const longer = all.filter((coverage) => 1 - shareOf(coverage, Measure.range).value >= AIM).length;
  const windows = listed.reduce((sum, { coverages }) => sum + coverages[0]!.windows, 0);
  return `Of ${listed.length} listed assets the range covers at least ${percent(AIM, 1)} of moves over the shortest horizon for ${holds} (${surely} of them with 95 % certainty), over ${count(windows)} hours taken over; of all ${all.length} pairs of asset and horizon for ${longer}.`;
}

function bookFinding({ books }: BackTest): string {
  const hedged = books.filter(({ book, size }) => size === 'small' && isHedged(book));
  const windows = hedged.reduce((sum, study) => sum + study.windows, 0);
  const breaches = hedged.reduce((sum, study) => sum + study.breaches[BookMeasure.scan]!, 0);
  const [initial, alone] = [hedged, hedged].map((studies, place) =>
    studies.reduce((sum, study) => sum + (place === 0 ? study.initial : study.alone), 0),
  );
  return `Hedged books (pairs, majors against alts) hold in ${percent(1 - breaches / windows, 3)} of ${count(windows)} book-hours, with ${percent(1 - initial! / alone!, 0)} less initial margin than their legs alone.`;
}

function marginFinding(assets: readonly AssetStudy[]): string {
  const under = assets.filter(({ average }) => average.initialCalm < FIXED_SHOCK);
  const btc = assets.find(({ market }) => market.asset === 'BTC');
  const example =
    btc === undefined
      ? ''
      : ` BTC takes ${percent(btc.average.initialCalm)} in calm and ${percent(btc.average.initial)} on average.`;
  return `In calm a small position takes less than a fixed ${percent(FIXED_SHOCK, 0)} for ${under.length} of ${assets.length} assets.${example}`;
}

function riseFinding(assets: readonly AssetStudy[]): string {
  const highest = (read: (study: AssetStudy) => number): number => Math.max(...assets.map(read));
  return `Initial margin of an unchanged position rose by up to ${times(highest(({ initialRises }) => initialRises[0]!.factor))} in an hour; maintenance margin by at most ${times(highest(({ maintenanceRises }) => maintenanceRises[0]!.factor))} in an hour and ${times(highest(({ maintenanceRises }) => maintenanceRises[1]!.factor))} in a day, announced an hour ahead.`;
}

/** Where the model does not do what it aims for, in plain words. */
export function failures(test: BackTest): string[] {
  const { assets, minutes, stress } = test;
  const missed = assets.flatMap(({ market, coverages }) =>
    coverages.flatMap((coverage) =>
      (['long', 'short'] as const).flatMap((side) => {
        const share = coverage[side].breaches[Measure.range]! / coverage.windows;
        if (1 - share >= AIM) return [];
        return [`${side} ${market.asset} over ${hours(coverage.horizonHours)} (${percent(1 - share, 3)})`];
      }),
    ),
  );
  const maintenance = assets.flatMap(({ market, coverages }) => {
    const share = shareOf(coverages[0]!, Measure.maintenance).value;
    return 1 - share >= AIM ? [] : [`${market.asset} ${percent(1 - share, 3)}`];
  });
  const dear = new Map(
    assets
      .filter(({ average }) => average.initialCalm >= FIXED_SHOCK)
      .map(({ market, average }) => [className(market.class), percent(average.initialCalm)]),
  );
  const large = assets.filter(({ average }) => average.initialLargeCalm >= FIXED_SHOCK);
  const worst = shortestBreaches(assets)[0];
  const crash = stress.find(({ window }) => window.name.endsWith('October 2025'));
  const wicks = crash?.rows.filter(({ wickBreaches }) => wickBreaches > 0).length ?? 0;
  return [
    `Below the aim, one side: ${missed.length === 0 ? 'none' : missed.join(', ')}. ${percent(RANGE_CAP_PPM / PPM_SCALE, 0)} caps every range, so a coin that doubles in a day is beyond it.`,
    ...(worst === undefined
      ? []
      : [
          `The worst event: ${worst.side} ${worst.asset}, taken over at ${hourOf(worst.worstMs)}, moved ${percent(worst.move, 1)} in ${hours(worst.horizonHours)} against a range of ${percent(worst.range, 1)}. Nothing that is computed from the past is ready for the first hour of news.`,
        ]),
    `Maintenance margin alone, without the ladder’s even sale and the insurance fund behind it, covers the closing price of the shortest horizon in less than ${percent(AIM, 1)} for: ${maintenance.length === 0 ? 'none' : maintenance.join(', ')}.`,
    ...minutes
      .filter(({ coverage }) => coverage.worstRatio > 1)
      .map(
        ({ name, coverage }) =>
          `BTC by the minute, ${name}: ${coverage.long.breaches[Measure.range]} long and ${coverage.short.breaches[Measure.range]} short windows of ${count(coverage.windows)} passed the range.`,
      ),
    `In calm a small position costs more than ${percent(FIXED_SHOCK, 0)} in ${dear.size === 0 ? 'no class' : [...dear].map(([name, margin]) => `the ${name} class (${margin})`).join(' and ')}; one that takes a day to close costs more in ${large.length} of ${assets.length} assets. Size is charged, and a flat rate charges none.`,
    ...(wicks > 0
      ? [
          `In October 2025 the worst trades on the exchange’s own book passed the range of ${wicks} assets. The model counts on a mark that does not follow them; if the mark did, it would fail.`,
        ]
      : []),
    ...correlationFailures(test),
    `An account opened at initial margin just before a storm can be liquidated by the rise of maintenance margin alone, at a price that stands still: the table of rises says how often. The slow rise trades this against coverage; the trials show both.`,
    `z = ${RANGE_Z_PPM / PPM_SCALE} and the classes were chosen on this same history. It holds two or three storms a year and one alt gap; the intervals say how little that is.`,
  ];
}

function correlationFailures({ pairs }: BackTest): string[] {
  const panels = [...new Set(pairs.map(({ panel }) => panel))];
  return panels.map((panel) => {
    const members = pairs.filter((pair) => pair.panel === panel);
    const weeks = members.reduce((sum, pair) => sum + pair.weeks, 0);
    const below = members.reduce((sum, pair) => sum + pair.weeksBelowLow, 0);
    const above = members.reduce((sum, pair) => sum + pair.weeksAboveHigh, 0);
    return `Correlation, ${panel}: in ${percent(below / weeks, 1)} of weeks a pair fell below what the low set counts on, in ${percent(above / weeks, 1)} it rose above what the high set fears. The ranges, not the sets, made the books hold in those weeks.`;
  });
}
