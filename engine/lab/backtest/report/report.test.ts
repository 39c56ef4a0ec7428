// Goal: the report stands by itself and says the numbers of its run. How: two made-up assets for two months, through
// the program as it is called; the recorded years are run where they are.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { root } from '../../house/sources.ts';
import { Measure } from '../coverage.ts';
import { type BackTest, runBackTest } from '../runBackTest.ts';
import { wanderingCloses, writeBars } from '../tapeFixture.ts';
import { covered, shareOf } from './coverageTables.ts';
import { renderSummary } from './markdown.ts';
import { renderReport } from './page.ts';
import { tableHtml, tableMarkdown } from './table.ts';
import { percent } from './words.ts';

const HOURS = 24 * 45;
let folder = '';
let result: BackTest;
let page = '';

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'ballast-report-'));
  const closes = wanderingCloses(HOURS, 1, 0.01);
  // One hour that no range covers, so that there is a breach to report.
  writeBars(
    folder,
    'BTC',
    closes.map((price, hour) => (hour < 700 ? price : price * 0.7)),
  );
  writeBars(folder, 'SUI', wanderingCloses(HOURS, 2, 0.01));
  writeBars(folder, 'NOBODY', wanderingCloses(HOURS, 3, 0.01));
  result = runBackTest(folder, () => {});
  page = renderReport(result);
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('the page', () => {
  test('is whole: every section, nothing fetched, nothing run, no number missing', () => {
    for (const title of [
      'What was asked',
      'Where it fails',
      'Coverage, asset by asset',
      'Breaches',
      'Data',
    ]) {
      expect(page).toContain(`<h2>${title}</h2>`);
    }
    expect(page).not.toMatch(/<script|<link|src=|href=|url\(/);
    expect(page).not.toMatch(/NaN|undefined|Infinity/);
  });

  test('says what was counted', () => {
    const [btc] = result.assets;
    const share = shareOf(btc!.coverages[0]!, Measure.range);
    expect(share.value).toBeGreaterThan(0);
    expect(page).toContain(covered(share.value));
    expect(btc!.coverages[0]!.breaches).toHaveLength(1);
    expect(page).toContain('−30.');
  });

  test('draws the breach, and has words for every drawing', () => {
    expect(page).toContain('breach-dot');
    const drawings = page.match(/<svg /g)!.length;
    expect(page.match(/<svg [^>]*role="img" aria-label="[^"]+"/g)).toHaveLength(drawings);
    expect(page.match(/<figcaption>/g)).toHaveLength(drawings);
  });

  test('names what was left out', () => {
    expect(result.notes).toContain('NOBODY has no class and was left out.');
    expect(page).toContain('NOBODY has no class');
  });
});

test('the summary fits its 150 lines and says the same', () => {
  const summary = renderSummary(result);
  expect(summary.split('\n').length).toBeLessThanOrEqual(150);
  expect(summary).not.toMatch(/NaN|undefined|Infinity/);
});

test('a table says the same on a page and in a file, and a failure looks like one', () => {
  const table = { caption: 'A < B', head: ['who', 'share'], rows: [['x & y', '✗ 99 %']] };
  expect(tableHtml(table)).toContain('<caption>A &lt; B</caption>');
  expect(tableHtml(table)).toContain('<th scope="row">x &amp; y</th><td class="fails">✗ 99 %</td>');
  expect(tableMarkdown(table)).toContain('| x & y | ✗ 99 % |');
});

test('a share keeps its sign unless it rounds to nothing, and what is unknown is a dash', () => {
  expect([0.0303, -0.25, -0.00001, Number.NaN].map((share) => percent(share))).toEqual([
    '3.03 %',
    '−25.00 %',
    '0.00 %',
    '–',
  ]);
});

describe('the program', () => {
  const run = (...args: string[]) =>
    spawnSync(process.execPath, ['--import', 'tsx', 'engine/lab/backtest/main.ts', ...args], {
      cwd: root,
      encoding: 'utf8',
    });

  test('writes the report and ends with 0', () => {
    const out = path.join(folder, 'out/report.html');
    const summary = path.join(folder, 'out/summary.md');
    const { status, stdout } = run('--data', folder, '--out', out, '--summary', summary);
    expect(status).toBe(0);
    expect(stdout).toContain(out);
    expect(readFileSync(out, 'utf8')).toBe(page);
    expect(readFileSync(summary, 'utf8')).toBe(renderSummary(result));
  });

  test('says where it looked when there is no data, and ends with 1', () => {
    const { status, stderr } = run('--data', path.join(folder, 'nowhere'));
    expect(status).toBe(1);
    expect(stderr).toContain('There is no market data in');
  });

  test('refuses an option it does not know, and ends with 2', () => {
    const { status, stderr } = run('--dta', folder);
    expect(status).toBe(2);
    expect(stderr).toContain('--dta');
    expect(existsSync(path.join(folder, 'dta'))).toBe(false);
  });
});
