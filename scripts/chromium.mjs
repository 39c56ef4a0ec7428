// Finds a Chromium that really starts: the one from npm first, so that browser tests need no system package.
import {
  chmodSync,
  createReadStream,
  createWriteStream,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { brotliDecompressSync, createBrotliDecompress } from 'node:zlib';
import { readMark, writeMark } from './fingerprint.mjs';
import { isMain, root, say } from './steps.mjs';
import { inTurn } from './turn.mjs';

const PACKAGE = path.join(root, 'node_modules/@sparticuz/chromium');
const CACHE = path.join(root, '.cache/chromium');
const CHOSEN = '.cache/chromium/chosen.json';

const SYSTEM_BROWSERS = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'chrome'];

/** Not the packaged `args`: those switch off web security and site isolation, which our tests are there to see. */
export const chromiumFlags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-dev-shm-usage',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/**
 * The browser that tests use, tried once on this machine and remembered.
 *
 * @returns {Promise<{ executablePath: string, env: Record<string, string>, from: string }>} env is what the browser
 *   needs besides the surrounding environment
 * @throws a sentence with the way out when no browser starts
 */
export async function ensureChromium() {
  return remembered() ?? (await inTurn('chromium', async () => remembered() ?? (await choose())));
}

function remembered() {
  const mark = readMark(CHOSEN);
  if (mark === undefined) return undefined;
  const chosen = JSON.parse(mark);
  const isStillTrue = chosen.root === root && chosen.packageVersion === packageVersion();
  return isStillTrue && existsSync(chosen.executablePath) ? chosen : undefined;
}

async function choose() {
  const refusals = [];
  for (const candidate of await candidates(refusals)) {
    const complaint = await tryToStart(candidate);
    if (complaint === undefined) {
      say(`browser for tests: ${candidate.from}`);
      const chosen = { ...candidate, root, packageVersion: packageVersion() };
      writeMark(CHOSEN, JSON.stringify(chosen));
      return chosen;
    }
    refusals.push(`${candidate.from}: ${complaint}`);
  }
  throw new Error(
    `No Chromium starts on this machine. Install one (on Debian: apt-get install chromium) and run again.\n` +
      refusals.map((refusal) => `  - ${refusal}`).join('\n'),
  );
}

async function candidates(refusals) {
  const found = [];
  try {
    found.push(...(await fromPackage()));
  } catch (error) {
    refusals.push(`@sparticuz/chromium: ${error.message}`);
  }
  for (const executablePath of systemBrowsers()) {
    found.push({ executablePath, env: {}, from: `the system's ${executablePath}` });
  }
  return found;
}

/** Plain, and again with the NSS and expat libraries the package brings for systems that have none. */
async function fromPackage() {
  const folder = await unpack();
  writeFontSettings(folder);
  const fonts = { FONTCONFIG_FILE: path.join(folder, 'fonts.conf') };
  const executablePath = path.join(folder, 'chromium');
  const libraries = [path.join(folder, 'lib'), process.env.LD_LIBRARY_PATH].filter(Boolean).join(':');
  const from = `@sparticuz/chromium ${packageVersion()}`;
  return [
    { executablePath, env: fonts, from },
    { executablePath, env: { ...fonts, LD_LIBRARY_PATH: libraries }, from: `${from} with its own libraries` },
  ];
}

/**
 * Unpacks into a folder with a temporary name, then renames it.
 *
 * The package's own unpacking takes any half-written file left in the system's temporary folder for a whole one.
 */
async function unpack() {
  const folder = path.join(CACHE, packageVersion());
  if (existsSync(folder)) return folder;
  say('unpacking Chromium for the browser tests');
  const part = `${folder}.part`;
  rmSync(part, { recursive: true, force: true });
  mkdirSync(part, { recursive: true });
  const packed = (name) => path.join(PACKAGE, 'bin', name);
  await pipeline(
    createReadStream(packed('chromium.br')),
    createBrotliDecompress(),
    createWriteStream(path.join(part, 'chromium')),
  );
  chmodSync(path.join(part, 'chromium'), 0o755);
  for (const archive of ['al2023.tar.br', 'fonts.tar.br', 'swiftshader.tar.br']) {
    untar(brotliDecompressSync(readFileSync(packed(archive))), part);
  }
  renameSync(part, folder);
  return folder;
}

/** One set of fonts for every machine, so that a screenshot taken here can be compared with one taken there. */
function writeFontSettings(folder) {
  writeFileSync(
    path.join(folder, 'fonts.conf'),
    `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${path.join(folder, 'fonts')}</dir>
  <cachedir>${path.join(folder, 'fonts-cache')}</cachedir>
  <config></config>
</fontconfig>
`,
  );
}

/** Plain files of a tar archive: a header of 512 bytes, then the contents padded to 512. */
function untar(archive, folder) {
  const text = (at, length) => archive.toString('latin1', at, at + length).replace(/\0.*$/s, '');
  for (let at = 0; at + 512 <= archive.length && archive[at] !== 0; ) {
    const name = text(at, 100);
    const size = Number.parseInt(text(at + 124, 12), 8);
    const isFile = ['0', ''].includes(text(at + 156, 1));
    if (isFile && !name.split('/').includes('..')) {
      const target = path.join(folder, name);
      mkdirSync(path.dirname(target), { recursive: true });
      writeFileSync(target, archive.subarray(at + 512, at + 512 + size), { mode: 0o755 });
    }
    at += 512 + Math.ceil(size / 512) * 512;
  }
}

function systemBrowsers() {
  const folders = [...(process.env.PATH ?? '').split(path.delimiter), '/usr/bin', '/snap/bin'];
  const inFolders = folders.flatMap((folder) => SYSTEM_BROWSERS.map((name) => path.join(folder, name)));
  const onMac = ['/Applications/Chromium.app/Contents/MacOS/Chromium'];
  onMac.push('/Applications/Google Chrome.app/Contents/MacOS/Google Chrome');
  return [...new Set([...inFolders, ...onMac])].filter((file) => existsSync(file));
}

/** Draws a page, because `--version` alone says nothing about libraries that are loaded later. */
async function tryToStart({ executablePath, env }) {
  // Imported here, because this package is there only after the install.
  const { chromium } = await import('@playwright/test');
  try {
    const browser = await chromium.launch({
      executablePath,
      args: chromiumFlags,
      env: { ...process.env, ...env },
      timeout: 20_000,
    });
    const page = await browser.newPage();
    await page.setContent('<p>afloat</p>');
    const text = await page.textContent('p');
    await browser.close();
    return text === 'afloat' ? undefined : 'drew an empty page';
  } catch (error) {
    return error.message.split('\n').find((line) => /error|missing|cannot/i.test(line)) ?? error.message;
  }
}

function packageVersion() {
  const file = path.join(PACKAGE, 'package.json');
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).version : 'not installed';
}

/** Versions unpacked earlier are 200 MB each. */
function removeOlder() {
  if (!existsSync(CACHE)) return;
  for (const name of readdirSync(CACHE)) {
    if (/^\d/.test(name) && name !== packageVersion())
      rmSync(path.join(CACHE, name), { recursive: true, force: true });
  }
}

if (isMain(import.meta)) {
  removeOlder();
  const { executablePath, env } = await ensureChromium();
  console.log(JSON.stringify({ executablePath, env }));
}
