/** Deepest nesting a request may have; the deepest documented one has 6. */
export const JSON_DEPTH_MAX = 16;

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
    const character = text[at];
    if (character === '"') {
      const end = endOfString(text, at);
      const keys = open.at(-1);
      if (isKeyNext && keys !== undefined) {
        const fault = rememberKey(keys, text.slice(at, end + 1));
        if (fault !== undefined) return fault;
        isKeyNext = false;
      }
      at = end;
    } else if (character === '{' || character === '[') {
      open.push(character === '{' ? new Set() : undefined);
      if (open.length > JSON_DEPTH_MAX) return `It is nested deeper than ${JSON_DEPTH_MAX}.`;
      isKeyNext = character === '{';
    } else if (character === '}' || character === ']') {
      open.pop();
      isKeyNext = false;
    } else if (character === ',') {
      isKeyNext = open.at(-1) !== undefined;
    }
  }
  return undefined;
}

function endOfString(text: string, start: number): number {
  let at = start + 1;
  while (text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
  return at;
}

function rememberKey(keys: Set<string>, quoted: string): string | undefined {
  const key = quoted.includes('\\') ? (JSON.parse(quoted) as string) : quoted.slice(1, -1);
  if (key === '__proto__') return 'A key is not allowed.';
  if (keys.has(key)) return 'A key stands twice in one object.';
  keys.add(key);
  return undefined;
}
