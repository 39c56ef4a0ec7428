import type { GridColumn } from './gridColumn.ts';

type Test = (text: string) => boolean;

const suffixes: Record<string, number> = { '': 1, k: 1e3, m: 1e6, bn: 1e9 };

/**
 * What a filter asks of the plain text of a cell.
 *
 * Numbers: `>100`, `<=2.5k`, `10..20`, `-3`, several with a space, each of which must hold. Text: every word must occur.
 *
 * @returns undefined while nothing is asked; 'unreadable' for a number filter that is no filter
 */
export function filterOf(kind: GridColumn<never>['kind'], filter: string): Test | 'unreadable' | undefined {
  const asked = filter.trim();
  if (asked === '') return undefined;
  if (kind === 'enum') return (text) => text === asked;
  if (kind === 'number') return numberTest(asked);
  const words = asked.toLowerCase().split(/\s+/);
  return (text) => words.every((word) => text.toLowerCase().includes(word));
}

function numberTest(asked: string): Test | 'unreadable' {
  const parts = asked.toLowerCase().replaceAll(',', '').replaceAll('−', '-').split(/\s+/).map(partTest);
  const tests = parts.filter((part) => part !== undefined);
  if (tests.length < parts.length) return 'unreadable';
  return (text) => text !== '' && tests.every((test) => test(Number(text)));
}

function partTest(part: string): ((value: number) => boolean) | undefined {
  const [low, high, ...rest] = part.split('..').map(numberIn);
  if (low !== undefined && high !== undefined && rest.length === 0) {
    return (value) => value >= low && value <= high;
  }
  const [, sign = '', digits = ''] = /^(>=|<=|>|<|=)?(.*)$/.exec(part) ?? [];
  const bound = numberIn(digits);
  if (bound === undefined) return undefined;
  switch (sign) {
    case '>':
      return (value) => value > bound;
    case '>=':
      return (value) => value >= bound;
    case '<':
      return (value) => value < bound;
    case '<=':
      return (value) => value <= bound;
    default:
      return (value) => value === bound;
  }
}

function numberIn(text: string): number | undefined {
  const [, digits = '', suffix = ''] = /^(-?(?:[0-9]+\.?[0-9]*|\.[0-9]+))(k|m|bn)?$/.exec(text) ?? [];
  return digits === '' ? undefined : Number(digits) * (suffixes[suffix] ?? 1);
}
