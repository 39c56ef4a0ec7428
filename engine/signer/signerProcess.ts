import os from 'node:os';
import type { FromSigner, ToSigner } from './messages.ts';
import { Signer } from './signer.ts';

/**
 * One key, one process. What it is told comes over its parent's pipe, the key too, so that it stands in no argument and no
 * environment. The pipe's end is the parent's, however that came: it ends then.
 */
let signer: Signer | undefined;

const send = (message: FromSigner) => {
  if (process.connected) process.send?.(message);
};

/** The parent reads why; it starts another one after a while. */
function end(error: unknown): never {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}

function receive(message: ToSigner): void {
  switch (message.type) {
    case 'start':
      signer = new Signer(message, send);
      void signer.run().catch(end);
      return;
    case 'chain':
      if (signer !== undefined) signer.chain.url = message.url;
      return;
    case 'sign':
      void answer(message.id, signer?.sign(message.request));
      return;
  }
}

async function answer(id: number, signing: Promise<string> | undefined): Promise<void> {
  try {
    if (signing === undefined) throw new Error('It was not told what to follow.');
    send({ type: 'signed', id, signature: await signing });
  } catch (error) {
    send({ type: 'refused', id, sentence: (error as Error).message });
  }
}

os.setPriority(os.constants.priority.PRIORITY_BELOW_NORMAL);
process.on('disconnect', () => process.exit(0));
process.on('uncaughtException', end);
process.on('unhandledRejection', end);
// Ctrl+C in a terminal is for the desk, whose end this process notices.
process.on('SIGINT', () => undefined);
process.on('message', receive);
