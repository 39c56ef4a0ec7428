import { createRequire } from 'node:module';
import path from 'node:path';

const PACKAGE = '@foundry-rs/anvil';

/** How the packages of the pinned version name what Node calls x64. */
const PROCESSORS: Readonly<Record<string, string>> = { x64: 'amd64', arm64: 'arm64' };

/**
 * The program itself: the package's own command is a wrapper that takes a second to find it.
 *
 * @returns undefined where the pinned version has none for this machine, or its package was left out
 */
export function anvilBinary(
  platform: string = process.platform,
  processor: string = process.arch,
): string | undefined {
  const name = `${PACKAGE}-${platform}-${PROCESSORS[processor] ?? processor}`;
  try {
    // From the package that asks for it: it need not lie at the top of node_modules.
    const wrapper = createRequire(import.meta.url).resolve(`${PACKAGE}/package.json`);
    const manifest = createRequire(wrapper).resolve(`${name}/package.json`);
    return path.join(path.dirname(manifest), 'bin', platform === 'win32' ? 'anvil.exe' : 'anvil');
  } catch {
    return undefined;
  }
}
