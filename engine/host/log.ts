/** One line for the operator, on stderr: results alone stand on stdout. */
export function log(sentence: string): void {
  process.stderr.write(`${new Date().toISOString()} ${oneLine(sentence)}\n`);
}

/** Something an operator should look at. A stack goes here and never to a client. */
export function logError(sentence: string, cause?: unknown): void {
  const detail =
    cause instanceof Error ? (cause.stack ?? cause.message) : cause === undefined ? '' : String(cause);
  process.stderr.write(
    `${new Date().toISOString()} ERROR ${oneLine(sentence)}\n${detail === '' ? '' : `${detail}\n`}`,
  );
}

/** Text of a client must not be able to write a line of its own, nor to turn the terminal's. */
export function oneLine(text: string): string {
  return text.replace(
    /[\p{Cc}\p{Cf}]/gu,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
