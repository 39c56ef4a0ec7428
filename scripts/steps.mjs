// How every script speaks and starts other programs. Node built-ins only: this runs before anything is installed.
import { spawn } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's own folder, whatever folder the script was called from. */
export const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));

const startedMs = performance.now();

/** Process ids of the programs this script is running now. */
export const running = new Set();

/** One progress line with the seconds since the script began; on stderr, so that results alone stand on stdout. */
export function say(sentence) {
  const seconds = ((performance.now() - startedMs) / 1000).toFixed(1);
  console.error(`[${seconds.padStart(5)} s] ${sentence}`);
}

/** Ends the script with a sentence that tells the way out. */
export function giveUp(sentence) {
  console.error(`\n${sentence}\n`);
  process.exit(1);
}

/** True when a script was started by name, false when another script imports it. */
export function isMain(meta) {
  return process.argv[1] !== undefined && path.resolve(process.argv[1]) === fileURLToPath(meta.url);
}

/**
 * Runs a program in the project's folder until it ends.
 *
 * Output goes to the terminal as it comes and is also returned, so that a caller can read a runner's counts.
 *
 * @param {string} program
 * @param {string[]} args
 * @param {{ env?: Record<string, string>, isQuiet?: boolean }} [options] isQuiet keeps the output for the caller alone
 * @returns {Promise<{ code: number, output: string }>}
 */
export function run(program, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd: root,
      env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1', ...options.env },
      stdio: ['ignore', 'pipe', 'pipe'],
      // npm and the tools are .cmd files on Windows, which only a shell can start.
      shell: process.platform === 'win32' && program !== process.execPath,
    });
    running.add(child.pid);
    const chunks = [];
    child.stdout.on('data', (chunk) => {
      chunks.push(chunk);
      if (!options.isQuiet) process.stdout.write(chunk);
    });
    child.stderr.on('data', (chunk) => {
      chunks.push(chunk);
      if (!options.isQuiet) process.stderr.write(chunk);
    });
    const stopForwarding = forwardSignals(child);
    child.once('error', (error) => {
      running.delete(child.pid);
      stopForwarding();
      reject(error);
    });
    child.once('close', (code, signal) => {
      running.delete(child.pid);
      stopForwarding();
      resolve({ code: code ?? (signal === null ? 1 : 128), output: Buffer.concat(chunks).toString('utf8') });
    });
  });
}

/** Runs one of the installed command-line tools. */
export function runTool(binName, args, options) {
  const bin = path.join(root, 'node_modules', '.bin', binName);
  if (process.platform === 'win32') return run(`${bin}.cmd`, args, options);
  return run(bin, args, options);
}

/** Passes Ctrl+C and a polite stop on to the program, so that it can end first. */
export function forwardSignals(child) {
  const forwarders = ['SIGINT', 'SIGTERM'].map((signal) => {
    const forward = () => child.kill(signal);
    process.on(signal, forward);
    return () => process.off(signal, forward);
  });
  return () => {
    for (const stop of forwarders) stop();
  };
}
