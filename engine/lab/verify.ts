// `npm run verify -- DIR`: replays a journal from its beginning and says where it ends. Writes nothing, needs no desk.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { nodeDisk } from '../journal/nodeDisk.ts';
import { verifyJournal } from './verifyJournal.ts';

const dir = process.argv[2];
if (dir === undefined || !existsSync(dir)) {
  console.error('Say which data folder to verify: npm run verify -- .ballast');
  process.exit(2);
}
try {
  const startMs = performance.now();
  const found = await verifyJournal(nodeDisk, path.resolve(dir));
  for (const sentence of found.sentences) console.log(sentence);
  console.log(
    `replayed ${found.commandCount} commands from ${found.from} in ${Math.round(performance.now() - startMs)} ms`,
  );
  console.log(`${found.signatureCount} signatures are good and over the commands they came with`);
  console.log(`sequence ${found.sequence}`);
  console.log(`state hash ${found.stateHash}`);
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exit(1);
}
