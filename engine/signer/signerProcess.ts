import os from 'node:os';
import { Guardian } from './guardian.ts';
import type { FromSigner, SignerStart, ToSigner } from './messages.ts';
import { Signer } from './signer.ts';
import { Witness } from './witness.ts';

/**
 * One key, one process, a signer’s or a guardian’s. What it is told comes over its parent's pipe, the key too, so that it stands in no argument and no
 * environment. The pipe's end is the parent's, however that came: it ends then.
 */
let witness: Witness | undefined;
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
      start(message);
      return;
    case 'chain':
      if (witness !== undefined) witness.chain.url = message.url;
      return;
    case 'sign':
      void answer(message.id, signer?.sign(message.request));
      return;
  }
}

function start(message: SignerStart): void {
  witness = new Witness(message, send);
  if (message.role === 'signer') {
    // A root can wait a moment; who objects has seconds.
    os.setPriority(os.constants.priority.PRIORITY_BELOW_NORMAL);
    signer = new Signer(message, witness);
  } else void new Guardian(message, witness).run().catch(end);
  void witness.run().catch(end);
}

async function answer(id: number, signing: Promise<string> | undefined): Promise<void> {
  try {
    if (signing === undefined) throw new Error('It was not told what to follow.');
    send({ type: 'signed', id, signature: await signing });
  } catch (error) {
    send({ type: 'refused', id, sentence: (error as Error).message });
  }
}

process.on('disconnect', () => process.exit(0));
process.on('uncaughtException', end);
process.on('unhandledRejection', end);
// Ctrl+C in a terminal is for the desk, whose end this process notices.
process.on('SIGINT', () => undefined);
process.on('message', receive);
