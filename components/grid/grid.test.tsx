import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, test } from 'vitest';
import {
  fittingColumns,
  type GridColumn,
  orderAfterMove,
  sortAfterPress,
  visibleColumns,
} from './gridColumn.ts';
import { clipboardRow, csvOf } from './gridCsv.ts';
import { filterOf } from './gridFilter.ts';
import { isOutOfOrder, stillLines } from './gridStill.ts';
import { linesUnder } from './gridUnder.ts';
import { type GridLine, type GridLinesRequest, useGridLines } from './useGridLines.ts';

interface Held {
  market: string;
  asset: string;
  usd: string;
}

const columns: readonly GridColumn<Held>[] = [
  { id: 'market', title: 'market', kind: 'text', width: 10, text: ({ market }) => market },
  { id: 'asset', title: 'asset', kind: 'enum', width: 10, text: ({ asset }) => asset },
  { id: 'usd', title: 'usd', name: 'value USDC', kind: 'number', width: 10, text: ({ usd }) => usd },
  { id: 'actions', title: '', kind: 'actions', width: 10, text: () => '' },
];
const groupings = [{ id: 'asset', title: 'asset', of: ({ asset }: Held) => asset }];
const rows: Held[] = [
  { market: 'ETH-PERP', asset: 'ETH', usd: '-900.5' },
  { market: 'BTC-PERP', asset: 'BTC', usd: '1000' },
  { market: 'BTC-25DEC26', asset: 'BTC', usd: '' },
  { market: 'SOL-PERP', asset: 'SOL', usd: '90' },
];
const keyOf = ({ market }: Held) => market;
const layout = { order: [], hidden: [], sort: [], groupBy: '' };

type Change = Partial<GridLinesRequest<Held>>;

function Probe({ change, tell }: { change: Change; tell: (lines: readonly GridLine<Held>[]) => void }) {
  tell(useGridLines({ rows, columns, groupings, layout, filters: {}, keyOf, ...change }));
  return null;
}

/** The lines as the hook gives them in a first render. */
function linesOf(change: Change): readonly GridLine<Held>[] {
  let lines: readonly GridLine<Held>[] = [];
  renderToStaticMarkup(
    <Probe
      change={change}
      tell={(told) => {
        lines = told;
      }}
    />,
  );
  return lines;
}

const keysOf = (change: Change) =>
  linesOf(change).map((line) => (line.kind === 'group' ? `${line.title} ${line.rows.length}` : line.key));

describe('lines of a grid', () => {
  test('numbers sort as numbers, and what is not known is the smallest', () => {
    const sort = [{ id: 'usd', isDescending: true }];
    expect(keysOf({ layout: { sort, groupBy: '' } })).toEqual([
      'BTC-PERP',
      'SOL-PERP',
      'ETH-PERP',
      'BTC-25DEC26',
    ]);
  });

  test('a second column decides between equals of the first', () => {
    const sort = [
      { id: 'asset', isDescending: false },
      { id: 'market', isDescending: false },
    ];
    expect(keysOf({ layout: { sort, groupBy: '' } })).toEqual([
      'BTC-25DEC26',
      'BTC-PERP',
      'ETH-PERP',
      'SOL-PERP',
    ]);
  });

  test('filters of several columns must all hold', () => {
    expect(keysOf({ filters: { market: 'perp', usd: '>-1k <500' } })).toEqual(['ETH-PERP', 'SOL-PERP']);
    expect(keysOf({ filters: { asset: 'BTC' } })).toEqual(['BTC-PERP', 'BTC-25DEC26']);
  });

  test('groups stand by name and keep the sort inside', () => {
    const sort = [{ id: 'market', isDescending: true }];
    expect(keysOf({ layout: { sort, groupBy: 'asset' } })).toEqual([
      'BTC 2',
      'BTC-PERP',
      'BTC-25DEC26',
      'ETH 1',
      'ETH-PERP',
      'SOL 1',
      'SOL-PERP',
    ]);
  });
});

describe('a filter of numbers', () => {
  const passes = (filter: string, text: string) => {
    const test = filterOf('number', filter);
    return typeof test === 'function' ? test(text) : test;
  };

  test('knows bounds, ranges, signs and shorthand', () => {
    expect(passes('>100', '100.5')).toBe(true);
    expect(passes('<=-2.5k', '-2500')).toBe(true);
    expect(passes('10..20', '20.1')).toBe(false);
    expect(passes('3', '3')).toBe(true);
    expect(passes('>0', '')).toBe(false);
  });

  test('asks nothing when empty and says when it cannot be read', () => {
    expect(passes('  ', '1')).toBeUndefined();
    expect(passes('> many', '1')).toBe('unreadable');
  });
});

describe('what leaves a grid', () => {
  test('a file holds the visible columns in their order, plain, actions left out', () => {
    const visible = visibleColumns(columns, { ...layout, order: ['usd'], hidden: ['asset'] });
    expect(csvOf(visible, rows.slice(0, 2))).toBe(
      'value USDC,market\r\n-900.5,ETH-PERP\r\n1000,BTC-PERP\r\n',
    );
  });

  test('what a spreadsheet would run is kept a text, a negative number stays one', () => {
    const [row] = rows;
    const odd = { ...row!, market: '=1+1', asset: 'a,"b"' };
    expect(csvOf(columns, [odd])).toContain(`'=1+1,"a,""b""",-900.5`);
    expect(clipboardRow(columns, rows[0]!)).toBe('ETH-PERP\tETH\t-900.5');
  });
});

describe('a layout', () => {
  test('a press turns a sort, a third takes it away, Shift adds', () => {
    const [market, , usd] = columns;
    const once = sortAfterPress([], usd!, false);
    expect(once).toEqual([{ id: 'usd', isDescending: true }]);
    const twice = sortAfterPress(once, usd!, false);
    expect(twice).toEqual([{ id: 'usd', isDescending: false }]);
    expect(sortAfterPress(twice, usd!, false)).toEqual([]);
    expect(sortAfterPress(once, market!, true)).toEqual([...once, { id: 'market', isDescending: false }]);
  });

  test('a column changes places with its neighbour and never passes the edge', () => {
    expect(orderAfterMove(columns, layout, 'usd', -1)).toEqual(['market', 'usd', 'asset']);
    expect(orderAfterMove(columns, layout, 'usd', 1)).toEqual(['market', 'asset', 'usd']);
  });
});

test('lines keep their place while held: new ones go below, those that ended stay', () => {
  const line = (key: string): GridLine<string> => ({ kind: 'row', key, row: key });
  const drawn = stillLines([], [line('b'), line('a')], false);
  const held = stillLines(drawn, [line('c'), line('a')], true);
  expect(held.map(({ key, isGone }) => [key, isGone])).toEqual([
    ['b', true],
    ['a', false],
    ['c', false],
  ]);
  expect(isOutOfOrder(held, [line('c'), line('a')])).toBe(true);
  expect(stillLines(held, [line('c'), line('a')], false).map(({ key }) => key)).toEqual(['c', 'a']);
});

test('where room is short what yields gives way, the highest first, and nothing else', () => {
  const column = (id: string, width: number, yields?: number): GridColumn<object> => ({
    id,
    title: id,
    kind: 'text',
    width,
    text: () => '',
    ...(yields !== undefined && { yields }),
  });
  const all = [column('a', 100), column('b', 60, 1), column('c', 50, 2), column('d', 40)];
  const shownIn = (roomPx: number) => fittingColumns(all, roomPx).map(({ id }) => id);
  expect(shownIn(250)).toEqual(['a', 'b', 'c', 'd']);
  expect(shownIn(249)).toEqual(['a', 'b', 'd']);
  expect(shownIn(199)).toEqual(['a', 'd']);
  expect(shownIn(10)).toEqual(['a', 'd']);
});

describe('rows that belong to others', () => {
  interface Part {
    name: string;
    owner?: string;
    isNew?: boolean;
  }
  const line = (name: string, owner?: string, isNew?: boolean): GridLine<Part> => ({
    kind: 'row',
    key: name,
    row: { name, ...(owner !== undefined && { owner }), ...(isNew === true && { isNew }) },
  });
  const group = (title: string): GridLine<Part> => ({ kind: 'group', key: title, title, rows: [] });
  const underOf = ({ owner }: Part) => owner;
  const belonging = { underOf, isDraft: ({ isNew }: Part) => isNew === true };
  const namesOf = (lines: readonly { key: string }[]) => lines.map(({ key }) => key).join(' ');

  test('stand under them however they were sorted, and alone where those are filtered away', () => {
    const sorted = [line('a1', 'a'), line('b'), line('c1', 'c'), line('a'), line('a2', 'a')];
    expect(namesOf(linesUnder(sorted, underOf))).toBe('b c1 a a1 a2');
  });

  test('stay in their own group', () => {
    const grouped = [group('open'), line('b'), line('a'), group('waits'), line('a1', 'a'), line('b1', 'b')];
    expect(namesOf(linesUnder(grouped, underOf))).toBe('open b a waits a1 b1');
  });

  test('under a hand, what is being written comes and goes in its place; all else is as still as ever', () => {
    const drawn = stillLines<Part>([], [line('a'), line('a1', 'a'), line('b')], false, belonging);
    const writing = [line('b'), line('a'), line('a1', 'a'), line('a2', 'a', true), line('c')];
    const held = stillLines(drawn, writing, true, belonging);
    expect(namesOf(held)).toBe('a a1 a2 b c');
    const left = stillLines(held, [line('b'), line('a'), line('c')], true, belonging);
    expect(namesOf(left)).toBe('a a1 b c');
    expect(left.map(({ isGone }) => isGone)).toEqual([false, true, false, false]);
  });
});
