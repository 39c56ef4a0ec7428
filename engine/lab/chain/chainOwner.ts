// A desk in small, for a test that kills it: starts a chain in the folder it is given, says where, and stays.
import { anvilBinary } from '../../settlement/chain/anvilBinary.ts';
import { EmbeddedChain } from '../../settlement/chain/embeddedChain.ts';

const [dir = ''] = process.argv.slice(2);
const chain = new EmbeddedChain({ dir, binary: anvilBinary(), chainId: 31_337, log: () => undefined });
chain.start();
const timer = setInterval(() => {
  if (chain.status !== 'ok') return;
  clearInterval(timer);
  process.stdout.write(`program ${chain.pid}\n`);
}, 10);
setInterval(() => undefined, 60_000);
