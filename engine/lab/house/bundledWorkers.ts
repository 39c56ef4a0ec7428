import { rmSync } from 'node:fs';
import type { TestProject } from 'vitest/node';
import { bundle } from '../bundle.ts';

let folder: string | undefined;

/**
 * Bundles the host's workers once for a run of tests, which starts hundreds of them: from source each would read and
 * compile its files anew, more than a second of a core.
 */
export async function setup(project: TestProject): Promise<void> {
  const make = () => bundle(`workers-${process.pid}`, []);
  folder = await make();
  process.env.BALLAST_WORKERS = folder;
  project.onTestsRerun(async () => void (await make()));
}

export function teardown(): void {
  if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
}
