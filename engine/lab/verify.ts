// `npm run verify -- DIR`: replays a journal from its beginning and says where it ends. Writes nothing, needs no desk.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { nodeDisk } from '../journal/nodeDisk.ts';
import { callRpc } from '../settlement/chain/jsonRpc.ts';
import { askContract } from '../settlement/wallets/contractSignature.ts';
import { type AskContract, verifyJournal } from './verifyJournal.ts';

const { values, positionals } = parseArgs({ options: { rpc: { type: 'string' } }, allowPositionals: true });
const [dir] = positionals;
if (dir === undefined || !existsSync(dir)) {
  console.error('Say which data folder to verify: npm run verify -- .ballast [--rpc <address of a node>]');
  process.exit(2);
}
try {
  const startMs = performance.now();
  const found = await verifyJournal(nodeDisk, path.resolve(dir), askAt(values.rpc));
  for (const sentence of found.sentences) console.log(sentence);
  console.log(
    `replayed ${found.commandCount} commands from ${found.from} in ${Math.round(performance.now() - startMs)} ms`,
  );
  console.log(`${found.signatureCount} signatures are good and over the commands they came with`);
  const { contractSignatureCount, contractCheckedCount } = found;
  if (contractSignatureCount > 0)
    console.log(
      `${contractSignatureCount} signatures are of contracts and checked against the chain only: ${contractCheckedCount} of them here`,
    );
  console.log(`sequence ${found.sequence}`);
  console.log(`state hash ${found.stateHash}`);
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exit(1);
}

/** The chain of a node that still has the state of the blocks that are named. */
function askAt(url: string | undefined): AskContract | undefined {
  if (url === undefined) return undefined;
  const bounds = { timeoutMs: 10_000, answerBytesMax: 1_048_576 };
  const chain = {
    call: (method: string, params: readonly unknown[]) => callRpc(url, method, params, bounds),
  };
  return (question) => askContract(chain, question);
}
