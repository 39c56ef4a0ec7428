// `npm run contracts`: the tests of the vault, in forge. Arguments go to forge: `--match-test T02 -vvvv`.
import { createRequire } from 'node:module';
import path from 'node:path';
import { ensureInstalled } from './install.mjs';
import { giveUp, isMain, root, run } from './steps.mjs';

const PACKAGE = '@foundry-rs/forge';
const CONFIG = 'engine/settlement/contracts/foundry.toml';
/** How the packages of the pinned version name what Node calls x64. */
const PROCESSORS = { x64: 'amd64', arm64: 'arm64' };

/** The program itself; the package's own command is a wrapper that looks for it. */
function forgeBinary() {
  const wrapper = createRequire(import.meta.url).resolve(`${PACKAGE}/package.json`);
  const name = `${PACKAGE}-${process.platform}-${PROCESSORS[process.arch] ?? process.arch}`;
  const manifest = createRequire(wrapper).resolve(`${name}/package.json`);
  return path.join(path.dirname(manifest), 'bin', process.platform === 'win32' ? 'forge.exe' : 'forge');
}

/**
 * @param {'test' | 'coverage'} what
 * @returns {Promise<{ code: number, output: string }>} as `run`
 */
export async function forge(what, args, options) {
  const env = { FOUNDRY_CONFIG: path.join(root, CONFIG), ...options?.env };
  return run(forgeBinary(), [what, '--root', root, ...args], { ...options, env });
}

if (isMain(import.meta)) {
  await ensureInstalled();
  const { code } = await forge('test', process.argv.slice(2)).catch((error) => giveUp(error.message));
  process.exitCode = code;
}
