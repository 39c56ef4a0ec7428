import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { read, root } from '../house/sources.ts';
import { type AbiPart, abiLines } from './abiText.ts';

const SOURCES = 'engine/settlement/contracts/src';
/** Where what is made is kept. */
export const VAULT_FILES = {
  abi: 'engine/settlement/vault/vaultAbi.ts',
  code: 'engine/settlement/vault/vaultCode.ts',
} as const;

/** What the desk puts on a chain, and where it is written. The vault must be what its tests tested: `foundry.toml`. */
const WANTED = {
  Vault: `${SOURCES}/Vault.sol`,
  SandboxToken: `${SOURCES}/sandbox/SandboxToken.sol`,
  TimelockController: '@openzeppelin/contracts/governance/TimelockController.sol',
} as const;
type Name = keyof typeof WANTED;

export const vaultSettings = {
  viaIR: true,
  optimizer: { enabled: true, runs: 1_000 },
  evmVersion: 'osaka',
  // A comment changes nothing of the code.
  metadata: { bytecodeHash: 'none', appendCBOR: false },
  outputSelection: Object.fromEntries(
    Object.entries(WANTED).map(([name, file]) => [file, { [name]: ['abi', 'evm.bytecode.object'] }]),
  ),
};

interface Solc {
  version(): string;
  compile(input: string): string;
}

interface Compiled {
  errors?: { severity: string; formattedMessage: string; sourceLocation?: { file: string } }[];
  contracts: Record<string, Record<string, { abi: AbiPart[]; evm: { bytecode: { object: string } } }>>;
}

/** The package has no types of its own. */
function compiler(): Solc {
  return createRequire(import.meta.url)('solc') as Solc;
}

/** Every source that takes part, by the name the compiler knows it by, what they import included. */
function allSources(): Record<string, { content: string }> {
  const names = readdirSync(path.join(root, SOURCES), { recursive: true, encoding: 'utf8' });
  const own = names.filter((name) => name.endsWith('.sol')).map((name) => `${SOURCES}/${name}`);
  const found: Record<string, { content: string }> = {};
  const waiting = [...own.sort(), WANTED.TimelockController];
  for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
    if (name in found) continue;
    const content = name.startsWith('@')
      ? readFileSync(path.join(root, 'node_modules', name), 'utf8')
      : read(name);
    found[name] = { content };
    for (const [, asked = ''] of content.matchAll(/^import [^"]*"([^"]+)"/gms))
      waiting.push(asked.startsWith('.') ? path.posix.join(path.posix.dirname(name), asked) : asked);
  }
  return found;
}

/** A name of everything the code follows from: sources, the library's too, settings and compiler. Quick to make. */
export function vaultInputHash(): string {
  const input = JSON.stringify([compiler().version(), vaultSettings, Object.entries(allSources()).sort()]);
  return createHash('sha256').update(input).digest('hex');
}

/**
 * Compiles the vault and what comes with it; ten seconds and more.
 *
 * @returns the files to keep
 * @fails with the compiler's words at an error, or at a warning about a file of ours
 */
export function compiledVault(): Record<keyof typeof VAULT_FILES, string> {
  const input = { language: 'Solidity', sources: allSources(), settings: vaultSettings };
  const { errors = [], contracts } = JSON.parse(compiler().compile(JSON.stringify(input))) as Compiled;
  const isOurs = (file = '') => !file.startsWith('@');
  const told = errors.filter((each) => each.severity === 'error' || isOurs(each.sourceLocation?.file));
  if (told.length > 0) throw new Error(told.map((each) => each.formattedMessage).join('\n'));
  const of = (name: Name) => contracts[WANTED[name]]![name]!;
  return { abi: abiFile(of), code: codeFile(of) };
}

type Found = (name: Name) => Compiled['contracts'][string][string];

function codeFile(of: Found): string {
  const entries = (Object.keys(WANTED) as Name[]).map(
    (name) => `  ${name}:\n    '0x${of(name).evm.bytecode.object}',\n`,
  );
  return `/** Creation code, as \`npm run vaultCode\` makes it from \`contracts/src\`. */
export const vaultCode = {
${entries.join('')}} as const;

/** Of what it was made from; a test compares it. */
export const vaultCodeInput = '${vaultInputHash()}';
`;
}

function abiFile(of: Found): string {
  const list = (name: Name, export_: string) =>
    `export const ${export_} = parseAbi([\n${linesOf(of(name).abi)}]);\n`;
  return `import { parseAbi } from 'viem';

/** What the vault understands and says, as \`npm run vaultCode\` makes it. */
${list('Vault', 'vaultAbi')}
/** A sandbox's token. */
${list('SandboxToken', 'tokenAbi')}
/** The vault's governor, for who makes it. */
export const timelockAbi = parseAbi([
${linesOf(of('TimelockController').abi.filter(({ type }) => type === 'constructor'))}]);
`;
}

function linesOf(abi: readonly AbiPart[]): string {
  return abiLines(abi)
    .map((line) => `  '${line}',\n`)
    .join('');
}
