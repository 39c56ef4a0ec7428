// `npm run walletCode`: compiles our Solidity anew and keeps the code; a test holds the two against each other.
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { CONTRACT_FOLDERS, compiledContracts, KEPT } from './chain/compileContracts.ts';
import { root } from './house/sources.ts';

for (const folder of CONTRACT_FOLDERS) {
  writeFileSync(path.join(root, folder, KEPT), compiledContracts(folder));
  console.log(`${folder}/${KEPT} is written`);
}
