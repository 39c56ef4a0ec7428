import * as z from 'zod/mini';
import { type ErrorCode, type ErrorView, errorView } from '../../protocol/errors.ts';
import { parseStrictJson } from './strictJson.ts';

export type Reading<T> = { readonly value: T } | { readonly error: ErrorView };

/** What a reading comes to when the text means nothing here. */
export function refused(code: ErrorCode): { error: ErrorView } {
  return { error: errorView(code) };
}

/** Text → a value of the schema's shape, or `request.malformed` with the place that is wrong. */
export function readJson<T>(text: string, schema: z.core.$ZodType<T>): Reading<T> {
  const json = parseStrictJson(text);
  if ('fault' in json) return { error: errorView('request.malformed', json.fault) };
  const parsed = z.safeParse(schema, json.value);
  if (parsed.success) return { value: parsed.data };
  return { error: errorView('request.malformed', faultOf(parsed.error)) };
}

/** The first thing wrong, by its path. Values of the caller are not repeated: a log is read by people. */
function faultOf(error: z.core.$ZodError): string {
  const issue = error.issues[0];
  if (issue === undefined) return 'It has the wrong shape.';
  const path = issue.path.map(String).join('.');
  return path === '' ? 'It has the wrong shape.' : `Look at ${path.slice(0, 80)}.`;
}
