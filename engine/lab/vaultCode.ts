// `npm run vaultCode`: compiles the vault anew and keeps its interface and its code; a test tells when it has to be done.
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { compiledVault, VAULT_FILES } from './chain/compileVault.ts';
import { root } from './house/sources.ts';

const files = compiledVault();
for (const [kind, file] of Object.entries(VAULT_FILES)) {
  writeFileSync(path.join(root, file), files[kind as keyof typeof files]);
  console.log(`${file} is written`);
}
