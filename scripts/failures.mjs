// What failed, in a few lines each: the end of a long log is often all of it that is kept.
const LINES_EACH = 14;
const SHOWN = 10;

/** @returns lines: each failed journey with its error, from Playwright's JSON report. */
export function failedJourneys({ suites }) {
  const ofSuite = (suite) => [...(suite.suites ?? []).flatMap(ofSuite), ...(suite.specs ?? []).map(ofSpec)];
  const ofSpec = ({ file, title, tests }) => ({
    name: `${file} › ${title}`,
    // One that is meant to fail, and does, has an error too.
    error: tests
      .filter(({ status }) => status === 'unexpected')
      .flatMap(({ results }) => results)
      .flatMap(({ errors }) => errors)
      .map(({ message }) => message)
      .join('\n'),
  });
  return told(suites.flatMap(ofSuite).filter(({ error }) => error !== ''));
}

/** @returns lines: each failed test with its error, from Vitest's JSON report. */
export function failedTests({ testResults }) {
  const failed = testResults.flatMap(({ name, message, assertionResults }) => [
    // A file that does not load has a message of its own and no tests.
    ...(message === '' ? [] : [{ name, error: message }]),
    ...assertionResults
      .filter(({ status }) => status === 'failed')
      .map(({ fullName, failureMessages }) => ({ name: fullName, error: failureMessages.join('\n') })),
  ]);
  return told(failed);
}

function told(failed) {
  const lines = failed.slice(0, SHOWN).flatMap(({ name, error }) => {
    const said = plain(error)
      .split('\n')
      .filter((line) => line.trim() !== '');
    return [`  failed: ${name}`, ...said.slice(0, LINES_EACH).map((line) => `    ${line}`)];
  });
  const more = failed.length - SHOWN;
  return more > 0 ? [...lines, `  and ${more} more`] : lines;
}

/** Without the colours of a terminal. */
export function plain(text) {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the escape character is what is looked for.
  return text.replace(/\u001b\[[0-9;]*m/g, '');
}
