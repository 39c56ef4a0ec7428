import type { BackTest } from '../runBackTest.ts';
import { bookGroupTable } from './bookTables.ts';
import { breachTable, coverageTable, minuteTable, shortestBreaches } from './coverageTables.ts';
import { failures, findings } from './findings.ts';
import { averageTable, riseTable } from './marginTables.ts';
import { chosen } from './method.ts';
import { periodOf } from './page.ts';
import { stressTable } from './stressSection.ts';
import { type Table, tableMarkdown } from './table.ts';

const WORST_BREACHES = 8;

/** The main tables of a run, for the documentation. */
export function renderSummary(test: BackTest): string {
  const listed = test.assets.filter(({ market }) => market.isListed);
  const shortest = listed.map((study) => ({ ...study, coverages: study.coverages.slice(0, 1) }));
  const parts = [
    '# Back-test of grid margin',
    `${periodOf(test.assets)} The whole report, with plots, every breach and each stress window: \`npm run backtest -- --data DIR\`. This page is written by the same run (\`--summary FILE\`).`,
    '## What came out',
    list(findings(test)),
    '## Where it fails',
    list(failures(test)),
    '## What was chosen, and why',
    list(chosen),
    '## Coverage',
    table(coverageTable(shortest, 'Listed assets at the shortest horizon; ✗ is below 99.9 %')),
    table(minuteTable(test.minutes)),
    table(
      breachTable(
        shortestBreaches(test.assets).slice(0, WORST_BREACHES),
        `The ${WORST_BREACHES} worst events at the shortest horizon`,
      ),
    ),
    '## Cost and speed',
    table(averageTable(listed)),
    table(riseTable(listed)),
    '## Books',
    table(bookGroupTable(test.books, 'small')),
    '## Stress windows',
    table(stressTable(test)),
  ];
  return `${parts.join('\n\n')}\n`;
}

function table(one: Table): string {
  return tableMarkdown(one);
}

function list(sentences: readonly string[]): string {
  return sentences.map((sentence) => `- ${sentence}`).join('\n');
}
