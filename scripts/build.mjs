// Builds the pages (next build) and bundles the host with its workers (esbuild), each only when its sources changed.
import { readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { fingerprintOf, readMark, removeMark, writeMark } from './fingerprint.mjs';
import { ensureInstalled } from './install.mjs';
import { giveUp, isMain, root, runTool, say } from './steps.mjs';
import { inTurn } from './turn.mjs';

const PAGES_MARK = '.next/BALLAST_BUILD';
const HOST_MARK = 'dist/host/BALLAST_BUILD';

const SHARED_SOURCES = ['package.json', 'package-lock.json', 'tsconfig.json', 'scripts/build.mjs'];
const PAGES_SOURCES = [
  ...SHARED_SOURCES,
  'next.config.ts',
  'tsconfig.next.json',
  'app',
  'components',
  'lib',
  'public',
  'engine/units',
  'engine/protocol',
  'engine/pricing',
  'engine/core',
];
const HOST_SOURCES = [...SHARED_SOURCES, 'scripts/bundle.mjs', 'scripts/keepConstants.mjs', 'engine'];

/**
 * Builds what is stale and leaves the rest alone.
 *
 * @returns {Promise<string>} build id: twelve digits of the hash of everything that went in
 */
export async function ensureBuilt() {
  if (isFresh()) return buildId();
  await inTurn('build', async () => {
    if (readMark(HOST_MARK) !== hostFingerprint()) await buildHost();
    if (readMark(PAGES_MARK) !== pagesFingerprint()) await buildPages();
  });
  return buildId();
}

function isFresh() {
  return readMark(HOST_MARK) === hostFingerprint() && readMark(PAGES_MARK) === pagesFingerprint();
}

async function buildPages() {
  say('building the pages (half a minute)');
  const wanted = pagesFingerprint();
  // No mark means no build, or one cut short: what that left in the cache is not to be trusted.
  if (readMark(PAGES_MARK) === undefined) rmSync(path.join(root, '.next'), { recursive: true, force: true });
  removeMark(PAGES_MARK);
  const env = { NODE_ENV: 'production', BALLAST_BUILD_ID: buildId() };
  const { code, output } = await runTool('next', ['build'], { isQuiet: true, env });
  if (code !== 0) giveUp(`The pages could not be built.\n\n${output.trim()}`);
  writeMark(PAGES_MARK, wanted);
  say('pages are built');
}

/** `main.ts`, every `…Worker.ts` beside it and the signer's program become one file each, so that no file is searched for at run time. */
async function buildHost() {
  const wanted = hostFingerprint();
  rmSync(path.join(root, 'dist/host'), { recursive: true, force: true });
  // Not before this: nothing may be installed when this file is read.
  const { bundleForNode } = await import('./bundle.mjs');
  await bundleForNode(hostEntries(), 'dist/host').catch(({ message }) =>
    giveUp(`The host could not be bundled.\n\n${message}`),
  );
  writeMark(HOST_MARK, wanted);
  say('host and workers are bundled');
}

function hostEntries() {
  const names = readdirSync(path.join(root, 'engine/host')).filter(
    (name) => name === 'main.ts' || (name.endsWith('Worker.ts') && !name.endsWith('.test.ts')),
  );
  return [...names.sort().map((name) => `engine/host/${name}`), 'engine/signer/signerProcess.ts'];
}

const isSource = (name) => !/\.(test|test-d)\.tsx?$|\.md$/.test(name);
const pagesFingerprint = () => fingerprintOf(PAGES_SOURCES, isSource);
const hostFingerprint = () => fingerprintOf(HOST_SOURCES, isSource);
const buildId = () => hostFingerprint().slice(0, 6) + pagesFingerprint().slice(0, 6);

if (isMain(import.meta)) {
  await ensureInstalled();
  say(`build ${await ensureBuilt()}`);
}
