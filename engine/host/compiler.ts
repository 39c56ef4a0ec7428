import { setFlagsFromString } from 'node:v8';

/**
 * Lets V8 inline a whole command into one piece of machine code. Its budgets are meant for pages that load
 * fast; an engine runs the same few functions all day. Measured on the match core: crossing flow 122 → 95 ns
 * an operation, mixed 88 → 67. Called before the engine's first command; what is compiled already stays.
 */
export function inlineGenerously(): void {
  setFlagsFromString('--max-inlined-bytecode-size=1500');
  setFlagsFromString('--max-inlined-bytecode-size-cumulative=6000');
}
