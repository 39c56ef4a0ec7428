/** What of a keyboard event names a chord. */
export type KeyPress = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>;

const modifierKeys = new Set(['Control', 'Shift', 'Alt', 'Meta', 'AltGraph', 'CapsLock']);

/**
 * The chord a press makes, such as `Control+Shift+K` or `/`; undefined for a modifier alone.
 * Control stands for Command too. A sign that needs Shift to be typed (`?`) is named without it, because on which
 * key it stands is the keyboard's business.
 */
export function chordOf(press: KeyPress): string | undefined {
  const key = keyName(press);
  if (key === undefined) return undefined;
  const isSign = key.length === 1 && !/[A-Z]/.test(key);
  return [
    (press.ctrlKey || press.metaKey) && 'Control',
    press.altKey && 'Alt',
    press.shiftKey && !isSign && 'Shift',
    key,
  ]
    .filter(Boolean)
    .join('+');
}

/** Letters in capitals, as they are printed; a dead or foreign key by its place on the board. */
function keyName({ key, code }: KeyPress): string | undefined {
  if (modifierKeys.has(key)) return undefined;
  if (key === 'Dead' && code === 'Backquote') return '`';
  if (key === ' ') return 'Space';
  if (key.length > 1) return key;
  const isForeign = key.charCodeAt(0) > 127;
  if (isForeign && /^Key[A-Z]$/.test(code)) return code.slice(3);
  return key.toUpperCase();
}

const printed: Record<string, string> = {
  Control: 'Ctrl',
  Escape: 'Esc',
  ArrowUp: '↑',
  ArrowDown: '↓',
  ArrowLeft: '←',
  ArrowRight: '→',
};

/** The keys of a chord as they are printed on the board; none for no chord. */
export function keycapsOf(chord: string): string[] {
  return chord === '' ? [] : partsOf(chord).map((part) => printed[part] ?? part);
}

/** `+` parts keys and is one itself. */
function partsOf(chord: string): string[] {
  return chord.endsWith('++')
    ? [...chord.slice(0, -2).split('+'), '+']
    : chord === '+'
      ? ['+']
      : chord.split('+');
}
