import { type ErrorCode, type ErrorView, errors } from './errors.ts';

/** The refusal of one part of a change set, which is that of the whole set: it says which part it was, from 1. */
export function errorOfPart(code: ErrorCode, part: number): ErrorView {
  return { code, message: `Part ${part}: ${errors[code][1]}`, part };
}
