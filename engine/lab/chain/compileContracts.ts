import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { read, root } from '../house/sources.ts';

/** Folders with `.sol` files: what the desk runs, and what tests run against it. */
export const CONTRACT_FOLDERS = ['engine/settlement/wallets', 'engine/lab/chain/contracts'] as const;

/** The file in such a folder that keeps the code. */
export const KEPT = 'contractCode.ts';

/** The same everywhere: no metadata in the code, so that a comment changes nothing. */
const SETTINGS = {
  optimizer: { enabled: true, runs: 200 },
  evmVersion: 'cancun',
  metadata: { bytecodeHash: 'none', appendCBOR: false },
  outputSelection: { '*': { '*': ['evm.bytecode.object'] } },
};

interface Compiled {
  errors?: { formattedMessage: string }[];
  contracts?: Record<string, Record<string, { evm: { bytecode: { object: string } } }>>;
}

/**
 * Compiles a folder with the pinned compiler.
 *
 * @returns the file to keep: creation code by contract
 * @fails with the compiler's words at an error or a warning
 */
export function compiledContracts(folder: string): string {
  // The package has no types of its own.
  const solc = createRequire(import.meta.url)('solc') as { compile(input: string): string };
  const names = readdirSync(path.join(root, folder)).filter((name) => name.endsWith('.sol'));
  const sources = Object.fromEntries(
    names.sort().map((name) => [name, { content: read(`${folder}/${name}`) }]),
  );
  const input = JSON.stringify({ language: 'Solidity', sources, settings: SETTINGS });
  const { errors = [], contracts = {} } = JSON.parse(solc.compile(input)) as Compiled;
  if (errors.length > 0) throw new Error(errors.map((each) => each.formattedMessage).join('\n'));
  const all = Object.values(contracts).flatMap((file) => Object.entries(file));
  // What is only there to be inherited from has no code.
  const found = all.filter(([, { evm }]) => evm.bytecode.object !== '');
  const lines = found.map(([name, { evm }]) => `  ${name}:\n    '0x${evm.bytecode.object}',\n`);
  const words =
    '/** Creation code, as `npm run walletCode` makes it from the `.sol` files beside this one. */';
  return `${words}\nexport const contractCode = {\n${lines.join('')}} as const;\n`;
}
