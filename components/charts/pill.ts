import type { MarkTone } from './chartMarks.ts';
import type { ChartTheme } from './chartTheme.ts';

const HEIGHT = 18;
const PADDING = 8;

export interface PillText {
  text: string;
  tone: MarkTone;
}

export function toneColour(theme: ChartTheme, tone: MarkTone): string {
  if (tone === 'plain') return theme.text2;
  return tone === 'up' ? theme.up : theme.down;
}

/** A label on a line of its own ground, so that candles behind it do not make it unreadable. */
export function drawPill(
  context: CanvasRenderingContext2D,
  theme: ChartTheme,
  place: { x: number; y: number; align: 'left' | 'right'; border: string },
  parts: readonly PillText[],
): void {
  context.font = `500 11px ${theme.font}`;
  context.textBaseline = 'middle';
  context.textAlign = 'left';
  const widths = parts.map(({ text }) => Math.ceil(context.measureText(text).width));
  const width = widths.reduce((sum, each) => sum + each + PADDING, PADDING);
  const left = Math.round(place.align === 'left' ? place.x : place.x - width);
  const top = Math.round(place.y) - HEIGHT / 2;
  context.fillStyle = theme.surface;
  context.fillRect(left, top, width, HEIGHT);
  context.strokeStyle = place.border;
  context.lineWidth = 1;
  context.setLineDash([]);
  context.strokeRect(left + 0.5, top + 0.5, width - 1, HEIGHT - 1);
  let x = left + PADDING;
  for (const [index, part] of parts.entries()) {
    context.fillStyle = toneColour(theme, part.tone);
    context.fillText(part.text, x, top + HEIGHT / 2 + 0.5);
    x += (widths[index] ?? 0) + PADDING;
  }
}
