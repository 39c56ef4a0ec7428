// Goal: a damaged chain is told with file, line and what was done, and the rest is used. How: small files with one defect
// each.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DefectLog, sentenceOf } from './defects.ts';
import { type OptionQuote, readOptionChain } from './optionChain.ts';

const HEADER = ',mark_price,ask_price,bid_price,underlying_price,creation_timestamp,instrument_name';
const CALL = '0,0.02,,0.019,2000.5,1704712781414,ETH-26JAN24-2100-C';
const PUT = '1,0.03,0.031,0.029,2000.5,1704712781414,ETH-26JAN24-1900-P';
let folder = '';

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'ballast-chain-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

async function read(
  name: string,
  content: string | Uint8Array,
): Promise<{ chain: OptionQuote[]; said: string[] }> {
  const file = path.join(folder, name);
  writeFileSync(file, content);
  const log = new DefectLog();
  const chain = await readOptionChain(file, log);
  return { chain, said: log.defects.map(sentenceOf) };
}

test('a book summary is read with its premiums in money', async () => {
  const { chain, said } = await read('chain.csv.gz', gzipSync(`${HEADER}\n${CALL}\n${PUT}\n`));
  expect(said).toEqual([]);
  expect(chain.map(({ name }) => name)).toEqual(['ETH-26JAN24-2100-C', 'ETH-26JAN24-1900-P']);
  expect(chain[0]).toMatchObject({
    line: 2,
    underlying: 'ETH',
    expiryMs: Date.UTC(2024, 0, 26, 8),
    strike: 2_100,
    isCall: true,
    atMs: 1_704_712_781_414,
    forward: 2_000.5,
    ask: undefined,
  });
  expect(chain[0]!.mark).toBeCloseTo(40.01, 10);
  expect(chain[0]!.bid).toBeCloseTo(38.0095, 10);
});

test('Tardis’ lines are read too, and the last one of a contract is its quote', async () => {
  const header =
    'exchange,symbol,timestamp,type,bid_price,ask_price,mark_price,mark_iv,underlying_price,delta';
  const line = (timeUs: number, mark: string) =>
    `deribit,BTC-9JUN20-9875-P,${timeUs},put,0.02,0.024,${mark},62.89,9756.36,-0.6`;
  const { chain, said } = await read(
    'tardis.csv',
    `${header}\r\n${line(1591574399413000, '0.0221')}\r\n${line(1591574404454000, '0.0222')}\r\n`,
  );
  expect(said).toEqual([]);
  expect(chain).toHaveLength(1);
  expect(chain[0]).toMatchObject({ line: 3, underlying: 'BTC', isCall: false, atMs: 1591574404454 });
  expect(chain[0]!.mark).toBeCloseTo(9756.36 * 0.0222, 8);
});

describe('a line is left out and told', () => {
  test.each([
    ['with a cell too few', '0,0.02,,2000.5,1704712781414,ETH-26JAN24-2100-C', 'it has 6 cells, not 7'],
    ['of a future', '0,0.02,,0.019,2000.5,1704712781414,ETH-26JAN24', 'ETH-26JAN24 names no option'],
    ['of the 31st of February', CALL.replace('26JAN24', '31FEB24'), 'ETH-31FEB24-2100-C names no option'],
    ['of no month', CALL.replace('JAN', 'ANF'), 'ETH-26ANF24-2100-C names no option'],
    ['with a strike of 0', CALL.replace('2100', '0'), 'ETH-26JAN24-0-C names no option'],
    ['without a forward', CALL.replace('2000.5', ''), 'its forward is no price'],
    ['with a negative forward', CALL.replace('2000.5', '-1'), 'its forward is no price'],
    ['without a time', CALL.replace('1704712781414', 'now'), 'its time cannot be read'],
    ['after the expiry', CALL.replace('1704712781414', '1706256000000'), 'it was written after the expiry'],
    ['with a negative premium', CALL.replace('0.02', '-0.02'), 'a premium is no price'],
    ['with letters for a premium', CALL.replace('0.02', 'n/a'), 'a premium is no price'],
  ])('%s', async (_what, line, reason) => {
    const { chain, said } = await read('bad.csv', `${HEADER}\n${line}\n${PUT}\n`);
    expect(chain).toHaveLength(1);
    expect(said).toEqual([
      `bad.csv:2: The market data file cannot be read. The line was left out: ${reason}. (market.fileUnreadable)`,
    ]);
  });

  test('that the end of the file cut', async () => {
    const { chain, said } = await read('cut.csv', `${HEADER}\n${PUT}\n${CALL.slice(0, 20)}`);
    expect(chain).toHaveLength(1);
    expect(said).toEqual([
      'cut.csv:3: The market data file ends in the middle of a message. The line was left out: it has 5 cells, not 7. (market.fileTruncated)',
    ]);
  });
});

test.each([
  ['empty', '', 'It is empty.'],
  ['something else', 'a,b,c\n1,2,3\n', 'Its first line names no column with a contract.'],
  ['without marks', `${HEADER.replace('mark_price', 'x')}\n`, 'Its first line names no column mark_price.'],
])('a file that is %s cannot be used', async (name, content, sentence) => {
  await expect(read(`${name}.csv`, content)).rejects.toThrow(sentence);
});
