import type { AssetStudy } from '../assetStudy.ts';
import type { BackTest } from '../runBackTest.ts';
import { bookGroupTable, creditTable, namedBookTable, pairTable } from './bookTables.ts';
import {
  breachTable,
  coverageTable,
  marketTable,
  minuteTable,
  rivalCoverageTable,
  shortestBreaches,
} from './coverageTables.ts';
import { failures, findings } from './findings.ts';
import { averageTable, riseTable, trialTable } from './marginTables.ts';
import { chosen, measures, question } from './method.ts';
import { histogramPlot, marginPlot, rangePlot } from './plots.ts';
import { stressSections, stressTable } from './stressSection.ts';
import { styles } from './styles.ts';
import { escapeHtml, tableHtml } from './table.ts';
import { dayOf } from './words.ts';

/** The whole report as one file: no script, no font, no picture from anywhere else. */
export function renderReport(test: BackTest): string {
  const listed = test.assets.filter(({ market }) => market.isListed);
  const others = test.assets.filter(({ market }) => !market.isListed);
  const body = [
    `<header><h1>Grid margin, back-tested</h1><p>${escapeHtml(periodOf(test.assets))}</p></header>`,
    section('What was asked', paragraphs(question)),
    section('What came out', list(findings(test))),
    section('Where it fails', list(failures(test))),
    section('How it was measured', list(measures)),
    section(
      'Coverage, asset by asset',
      tableHtml(
        coverageTable(listed, 'Listed assets: share of windows in which the position stayed inside'),
      ) +
        tableHtml(coverageTable(others, 'Assets the sandbox does not list, in the class they would have')) +
        tableHtml(rivalCoverageTable(test.assets)),
    ),
    section('Half an hour', tableHtml(minuteTable(test.minutes))),
    section(
      'Range and move over the years',
      `<div class="plots">${listed.map(rangePlot).join('')}</div>${histograms(listed)}`,
    ),
    section('Breaches', breachTables(test.assets)),
    section(
      'What it costs',
      tableHtml(averageTable(test.assets)) + `<div class="plots">${listed.map(marginPlot).join('')}</div>`,
    ),
    section('How fast it rises', tableHtml(riseTable(test.assets))),
    section(
      'Whole books',
      tableHtml(bookGroupTable(test.books, 'small')) +
        tableHtml(bookGroupTable(test.books, 'large')) +
        tableHtml(creditTable(test.credits)) +
        tableHtml(pairTable(test.pairs)) +
        tableHtml(namedBookTable(test.books)),
    ),
    section('Stress windows', tableHtml(stressTable(test)) + stressSections(test)),
    section('Other numbers than the shipped ones', paragraphs(chosen) + trialTables(test)),
    section('Data', tableHtml(marketTable(test.assets)) + list(test.notes)),
  ];
  return `<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Grid margin, back-tested</title><style>${styles}</style></head>\n<body>${body.join('\n')}</body></html>\n`;
}

/** `38 assets, 2020-01-01 to 2026-03-19, bars of 1 h and 4 h.` */
export function periodOf(assets: readonly AssetStudy[]): string {
  const from = Math.min(...assets.map(({ tapes }) => tapes[0]!.timesMs[0]!));
  const until = Math.max(...assets.map(({ measured }) => measured.untilMs));
  const bars = [...new Set(assets.flatMap(({ tapes }) => tapes.map(({ barMs }) => barMs / 3_600_000)))].sort(
    (a, b) => a - b,
  );
  return `${assets.length} assets, ${dayOf(from)} to ${dayOf(until)}, bars of ${bars.map((hour) => `${hour} h`).join(' and ')}.`;
}

function section(title: string, html: string): string {
  return `<section><h2>${escapeHtml(title)}</h2>${html}</section>`;
}

function paragraphs(sentences: readonly string[]): string {
  return sentences.map((sentence) => `<p>${escapeHtml(sentence)}</p>`).join('');
}

function list(sentences: readonly string[]): string {
  return `<ul>${sentences.map((sentence) => `<li>${escapeHtml(sentence)}</li>`).join('')}</ul>`;
}

function histograms(studies: readonly AssetStudy[]): string {
  const plots = studies.map(({ market, coverages }) => histogramPlot(market.asset, coverages[0]!.histogram));
  return `<div class="plots">${plots.join('')}</div>`;
}

function breachTables(studies: readonly AssetStudy[]): string {
  const longer = studies
    .flatMap(({ coverages }) => coverages.slice(1).flatMap(({ breaches }) => breaches))
    .sort((a, b) => b.move / b.range - a.move / a.range);
  return (
    tableHtml(breachTable(shortestBreaches(studies), 'Every event at the shortest horizon, worst first')) +
    tableHtml(breachTable(longer, 'Every event at the longer horizons, worst first'))
  );
}

function trialTables({ trials }: BackTest): string {
  const classes = [...new Set(trials.map((row) => row.class))];
  return classes.map((kind) => tableHtml(trialTable(trials.filter((row) => row.class === kind)))).join('');
}
