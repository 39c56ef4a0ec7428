import { type CommandWire, commandWire } from '../../engine/protocol/wire/commands.ts';
import { operationOf } from './grammar.ts';
import { type AccountNames, sentenceOf } from './sentence.ts';

/**
 * What a signed text says, one sentence an operation. It is made from the very text that is signed and from nothing
 * else, and read back once more before anybody sees it.
 *
 * @throws when the text is no command, or a sentence would not lead back to its operation
 */
export function confirmationOf(text: string, names?: AccountNames): string[] {
  return decodedCommand(text).operations.map((operation) => {
    const sentence = sentenceOf(operation, names);
    if (sortedText(operationOf(sentence)) !== sortedText(operation)) {
      throw new Error(`This operation cannot be confirmed in words: ${JSON.stringify(operation)}`);
    }
    return sentence;
  });
}

export function decodedCommand(text: string): CommandWire {
  return commandWire.parse(JSON.parse(text));
}

/** The same for two values that differ only in the order of their keys. */
function sortedText(value: unknown): string {
  return JSON.stringify(value, (_, each: unknown) =>
    typeof each === 'object' && each !== null && !Array.isArray(each)
      ? Object.fromEntries(Object.entries(each).sort(([a], [b]) => (a < b ? -1 : 1)))
      : each,
  );
}
