// `npm run exitKits -- TO [OWNER]`: exit kits of everybody in the newest root of the data folder, or of one owner, a file for
// each in the folder TO. For who has a data folder, or a copy of its `settlement/roots`, and no desk any more. Which root: the
// vault says at which it froze (ROOT=7); which vault: CHAIN and VAULT, the sandbox's where they are not named.
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { SANDBOX_VAULT } from '../sandbox/genesis.ts';
import { epochsIn, kitsOfFolder } from './kitsOfFolder.ts';

const [to, owner] = process.argv.slice(2);
const { BALLAST_DATA = '.ballast', ROOT, CHAIN = '31337', VAULT = SANDBOX_VAULT } = process.env;
const dir = path.resolve(BALLAST_DATA, 'settlement', 'roots');
if (to === undefined) {
  console.error('Say where the kits go: npm run exitKits -- kits [0xOWNER]');
  process.exit(2);
}
const epochs = await epochsIn(dir);
const epoch = ROOT === undefined ? epochs[0] : Number(ROOT);
const place = { chainId: Number(CHAIN), vault: VAULT.toLowerCase() };
const kits = epoch === undefined ? undefined : await kitsOfFolder(dir, epoch, place);
if (kits === undefined) {
  console.error(`${dir} has no root ${epoch ?? ''}. It has ${epochs.join(', ') || 'none'}.`);
  process.exit(1);
}
const wanted = kits.filter((each) => owner === undefined || each.owner === owner.toLowerCase());
await mkdir(to, { recursive: true, mode: 0o700 });
for (const each of wanted)
  await writeFile(path.join(to, `${each.owner}.json`), JSON.stringify(each.kit), { mode: 0o600 });
console.log(`Root ${epoch}: ${wanted.length} kits are in ${path.resolve(to)}. exit.js checks and uses each.`);
