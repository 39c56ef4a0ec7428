// Brings node_modules to what package.json and the lock ask for. Called by every other script.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { readMark, removeMark, writeMark } from './fingerprint.mjs';
import { giveUp, isMain, root, run, say } from './steps.mjs';
import { inTurn } from './turn.mjs';

const MARK = 'node_modules/.ballast-installed';
const NODE_NEEDED = [20, 19];

/**
 * Installs when nothing is there, when the lock has changed, or when an earlier install was cut short.
 *
 * Not a `preinstall` or `prestart` hook: with `ignore-scripts=true` npm skips those without a word.
 */
export async function ensureInstalled() {
  refuseOldNode();
  if (readMark(MARK) === installFingerprint()) return;
  await inTurn('install', async () => {
    const wanted = installFingerprint();
    const found = readMark(MARK);
    if (found === wanted) return;
    removeMark(MARK);
    await install(found === undefined);
    writeMark(MARK, wanted);
    say('packages are installed');
  });
}

/**
 * @param {boolean} isFromScratch an install that ended well is brought up to date in place; anything else
 *   (nothing there, or cut short half way) is laid anew
 */
async function install(isFromScratch) {
  say(isFromScratch ? 'installing packages (a minute the first time)' : 'bringing packages up to date');
  const failed = [];
  for (const command of isFromScratch ? ['ci', 'install'] : ['install']) {
    const { code, output } = await npm(command);
    if (code === 0) return;
    failed.push(`npm ${command}:\n${output.trim().split('\n').slice(-12).join('\n')}`);
  }
  giveUp(`The packages could not be installed. Is the npm registry reachable?\n\n${failed.join('\n\n')}`);
}

function npm(command) {
  const args = [command, '--include=dev', '--no-fund', '--no-audit', '--loglevel=error', '--prefer-offline'];
  // Without this npm would rewrite the lock, and the next start would find it changed.
  if (command === 'install') args.push('--no-save');
  // None of our packages needs its install script, and what is not run cannot do harm.
  args.push('--ignore-scripts');
  const npmFile = process.env.npm_execpath;
  const isNpm = npmFile !== undefined && path.basename(npmFile) === 'npm-cli.js' && existsSync(npmFile);
  // An install for people who build and test: NODE_ENV=production would leave half of it out.
  const options = { isQuiet: true, env: { NODE_ENV: 'development' } };
  return isNpm ? run(process.execPath, [npmFile, ...args], options) : run('npm', args, options);
}

function installFingerprint() {
  const { dependencies, devDependencies, overrides } = JSON.parse(read('package.json'));
  const wanted = JSON.stringify({ dependencies, devDependencies, overrides });
  return createHash('sha256')
    .update(wanted)
    .update(read('package-lock.json'))
    .update(`${process.versions.modules} ${process.platform} ${process.arch}`)
    .digest('hex');
}

function read(file) {
  return readFileSync(path.join(root, file), 'utf8');
}

function refuseOldNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > NODE_NEEDED[0] || (major === NODE_NEEDED[0] && minor >= NODE_NEEDED[1])) return;
  giveUp(`Ballast needs Node ${NODE_NEEDED.join('.')} or newer; this is ${process.versions.node}.`);
}

if (isMain(import.meta)) await ensureInstalled();
