/** Deepest nesting a request may have; the deepest documented one has 6. */
export const JSON_DEPTH_MAX = 16;

const QUOTE = 0x22;
const COMMA = 0x2c;
const OPEN_OBJECT = 0x7b;
const OPEN_ARRAY = 0x5b;
const CLOSE_OBJECT = 0x7d;
const CLOSE_ARRAY = 0x5d;
const BACKSLASH = 0x5c;

export type StrictJson = { readonly value: unknown } | { readonly fault: string };

/**
 * Parses JSON that every parser reads alike.
 *
 * JSON.parse keeps the last of two equal keys where others keep the first, and a `__proto__` key reaches
 * places no schema looks at: both are refused, as is nesting beyond `JSON_DEPTH_MAX`.
 */
export function parseStrictJson(text: string): StrictJson {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { fault: 'It is not JSON.' };
  }
  const fault = faultIn(text);
  return fault === undefined ? { value } : { fault };
}

/** Walks text that is known to be JSON, remembering only the keys of the objects it is inside of. */
function faultIn(text: string): string | undefined {
  const open: (Set<string> | undefined)[] = [];
  let isKeyNext = false;
  for (let at = 0; at < text.length; at++) {
    switch (text.charCodeAt(at)) {
      case QUOTE: {
        const end = endOfString(text, at);
        const keys = isKeyNext ? open.at(-1) : undefined;
        const fault = keys === undefined ? undefined : rememberKey(keys, text.slice(at, end + 1));
        if (fault !== undefined) return fault;
        isKeyNext = false;
        at = end;
        break;
      }
      case OPEN_OBJECT:
      case OPEN_ARRAY:
        isKeyNext = text.charCodeAt(at) === OPEN_OBJECT;
        open.push(isKeyNext ? new Set() : undefined);
        if (open.length > JSON_DEPTH_MAX) return `It is nested deeper than ${JSON_DEPTH_MAX}.`;
        break;
      case CLOSE_OBJECT:
      case CLOSE_ARRAY:
        open.pop();
        isKeyNext = false;
        break;
      case COMMA:
        isKeyNext = open.at(-1) !== undefined;
        break;
      default:
        // Blanks, colons, numbers and words say nothing about keys.
        break;
    }
  }
  return undefined;
}

/** The quote that ends a string: the first one behind an even number of backslashes. */
function endOfString(text: string, start: number): number {
  for (let at = text.indexOf('"', start + 1); ; at = text.indexOf('"', at + 1)) {
    let backslashes = 0;
    while (text.charCodeAt(at - 1 - backslashes) === BACKSLASH) backslashes += 1;
    if (backslashes % 2 === 0) return at;
  }
}

function rememberKey(keys: Set<string>, quoted: string): string | undefined {
  const key = quoted.includes('\\') ? (JSON.parse(quoted) as string) : quoted.slice(1, -1);
  if (key === '__proto__') return 'A key is not allowed.';
  if (keys.has(key)) return 'A key stands twice in one object.';
  keys.add(key);
  return undefined;
}
