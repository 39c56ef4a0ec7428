/** What a reader has to know before the numbers, in the order of the questions. */
export const question = [
  'When an account can no longer hold its positions they are closed, and that takes time: half an hour for a small position in BTC, hours for a large one or a thin coin. The range is the move that a position must survive in that time. We asked: would it have, how often not, and what did that cost in margin?',
  'The margins are those of the shipped functions (engine/core/margin) with the parameters the sandbox ships. One number was changed because of it, the reference volatility of the mid class; every setting that was tried is at the end.',
];

export const measures = [
  'At the close of every bar a position is taken over, and its horizon begins. Range holds: the closing price at the end of the horizon is inside the range of maintenance margin as it stood when it began. Each side is counted by itself; long counts falls, short counts rises.',
  'Longer horizons stand for larger positions: h = h min + D ÷ (0.6 · ADV). At 4, 12 and 24 hours the size is the one whose liquidation takes that long. BTC, ETH and SOL have h min of 30 minutes, which bars of an hour cannot judge: they are tested at the size that takes an hour, and BTC by the minute on two recordings.',
  'Worst trade inside: the lowest low or highest high of the bars of the horizon. These are last trades of one exchange; the mark is built so as not to follow them, so this column is a bound, not a promise.',
  'MM alone: maintenance margin is 60 % of the range; this asks it to cover the move of the whole horizon by itself. MM, even sale: against the average price of a sale spread evenly over three times what the horizon has beyond the shortest, which is what the horizon means. Opened at IM, above MM at the end: an account with initial margin and not a dollar more; what is missing to 100 % met the ladder, and was expected to.',
  'Multiplier: two averages of squared returns with half-lives of 30 minutes and one day, the larger over the reference volatility, between 1 and 4. New risk pays it at once, risk already held at most 5 % more per hour, announced an hour ahead, 2 % less per hour on the way down. On hourly bars the 30-minute average is three quarters of the last hour’s return squared (half-life kept, step longer), on 4-hour bars practically the last bar’s; the one-day average hardly changes. The table of half an hour says how much the hourly substitute differs from the real thing.',
  '95 % sure of at least: Wilson’s interval on events. Breaches within a day of each other are one event, and the number of observations shrinks with them; without a breach, windows that do not overlap are counted.',
  'Books are rebalanced to the same shares every hour. Each leg is closed at the end of its own horizon; in a second count all wait for the slowest. The scan and both requirements are of the whole book.',
  'Hyperliquid: 1 ÷ highest leverage to open, half of it to keep (BTC 40, ETH 25, SOL and XRP 20, other alts 10, tail 5: from its published tables, not from this data). Fixed 16 %: one shock for everything. Fixed tiers: 5, 10 and 20 % by liquidity, 60 % of it to keep.',
  'The first day of a series only fills the averages. No horizon spans a hole in the data.',
];

export const chosen = [
  'z stays at 6. The range alone would hold its aim at 5 on this history. At 5, though, maintenance margin with an even sale falls below 99.9 % for the large class, which at 6 it does not; and what was measured on the past should have something in hand for the rest. 7 and 8 buy one to three hundredths of a percent for a sixth and a third more margin.',
  'The mid class went from 8 % to 6.5 % a day. Most of its coins measure 4 to 5.5 % in the median and 5 to 7 % over all hours, as those of the large class do. At 8 % a calm position cost 19.6 %, more than the fixed shock; at 6.5 % it costs 15.9 %, and the range still holds in 99.98 %, because in a storm the multiplier and not the reference sets it. Lower still costs liquidations by the rise alone: at 6.5 % they are as frequent as in BTC.',
  'The other references stay: each is near or above the volatility of its coins over all hours, so that the multiplier is 1 about half of the time or more. The tail class stays at 12 % although its four coins here measure less: those are survivors.',
  'The cap of the multiplier stays at 4: 6 changes nothing that can be measured, 3 a little. The speed stays at 5 % up and 2 % down: at 10 % twice as many accounts are liquidated by the rise alone, at 25 % five times as many, for one to two hundredths of a percent of coverage.',
  'Credit for hedges stays: hedged books hold better than their legs alone. A third more credit, which would count hedges at the correlation measured in stress, still holds for the scan, but maintenance margin alone then falls below the aim; and in one of nine weeks before 2024 a pair correlated less than even the low set counts on.',
];
