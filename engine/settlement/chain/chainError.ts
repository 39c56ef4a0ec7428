/** The chain did not do what was asked of it; the sentence is for the operator. */
export class ChainError extends Error {
  override readonly name = 'ChainError';
}

/** It answered with more than we read: whoever can, asks for less. */
export class AnswerTooLong extends ChainError {}
