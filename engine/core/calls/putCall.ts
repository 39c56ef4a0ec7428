import type { MarginCallFacts } from '../accounts/directory.ts';
import type { Engine } from '../engine.ts';
import { directoryChanged } from '../firms/changeDirectory.ts';

/** Opens a call, or puts new facts in place of those of the same number. */
export function putCall(engine: Engine, call: MarginCallFacts): void {
  const { calls } = engine.state.directory;
  const isOpen = calls.some((each) => each.call === call.call);
  putCalls(engine, isOpen ? calls.map((each) => (each.call === call.call ? call : each)) : [...calls, call]);
}

export function removeCall(engine: Engine, call: MarginCallFacts): void {
  putCalls(
    engine,
    engine.state.directory.calls.filter((each) => each !== call),
  );
}

function putCalls(engine: Engine, calls: readonly MarginCallFacts[]): void {
  const { directory } = engine.state;
  const before = directory.calls;
  directory.calls = calls;
  directoryChanged(engine, () => {
    directory.calls = before;
  });
}
