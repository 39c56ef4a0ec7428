import { tokenValue } from '../ui/appearance.ts';
import type { MarkTone } from './chartMarks.ts';

/** Tokens as a canvas needs them: resolved colours and a font by name. */
export interface ChartTheme {
  ground: string;
  surface: string;
  raised: string;
  grid: string;
  line: string;
  lineStrong: string;
  text: string;
  text2: string;
  text3: string;
  up: string;
  down: string;
  /** Bars that nobody traded. */
  upMuted: string;
  downMuted: string;
  upFaint: string;
  downFaint: string;
  danger: string;
  info: string;
  font: string;
}

export function readChartTheme(): ChartTheme {
  const up = tokenValue('--up');
  const down = tokenValue('--down');
  return {
    ground: tokenValue('--s0'),
    surface: tokenValue('--s1'),
    raised: tokenValue('--s2'),
    grid: tokenValue('--grid'),
    line: tokenValue('--line'),
    lineStrong: tokenValue('--line-strong'),
    text: tokenValue('--text'),
    text2: tokenValue('--text-2'),
    text3: tokenValue('--text-3'),
    up,
    down,
    upMuted: withAlpha(up, 0.45),
    downMuted: withAlpha(down, 0.45),
    upFaint: withAlpha(up, 0.2),
    downFaint: withAlpha(down, 0.2),
    danger: tokenValue('--danger'),
    info: tokenValue('--info'),
    font: getComputedStyle(document.body).fontFamily,
  };
}

/** `#rrggbb` with an alpha of 0–1. */
export function withAlpha(hex: string, alpha: number): string {
  return `${hex.slice(0, 7)}${Math.round(alpha * 255)
    .toString(16)
    .padStart(2, '0')}`;
}

export function toneColour(theme: ChartTheme, tone: MarkTone): string {
  if (tone === 'plain') return theme.text2;
  return tone === 'up' ? theme.up : tone === 'down' ? theme.down : theme.info;
}
