/** A broken belief of ours: stops the engine. Expected refusals are returned codes, never this. */
export class AssertionError extends Error {
  override readonly name = 'AssertionError';
}

/**
 * States a belief. When it is false the process must not go on with the state it has.
 *
 * @param sentence what was believed, in words an operator can read
 * @fails AssertionError when `holds` is false
 */
export function assert(holds: boolean, sentence: string): asserts holds {
  if (!holds) throw new AssertionError(sentence);
}

/**
 * The same for the hot path: the sentence, which may name numbers, is only made once the belief is broken.
 * Written as `if (!holds) throw broken(…)`, because the argument of a function is built before its call.
 */
export function broken(sentence: string): AssertionError {
  return new AssertionError(sentence);
}

/** For the end of a `switch` on a tag: a case that the compiler proves cannot happen. */
export function unreachable(value: never): never {
  throw new AssertionError(`unreachable case: ${String(value)}`);
}
