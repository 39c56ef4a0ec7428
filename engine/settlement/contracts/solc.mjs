#!/usr/bin/env node
// The compiler of node_modules, spoken to as forge speaks to a native one: a JSON on standard input, one back.
import { readFileSync, writeSync } from 'node:fs';
import solc from 'solc';

const STANDARD_INPUT = 0;
const STANDARD_OUTPUT = 1;

if (process.argv.includes('--version')) {
  write(`solc, the solidity compiler commandline interface\nVersion: ${solc.version()}\n`);
} else {
  write(solc.compile(readFileSync(STANDARD_INPUT, 'utf8')));
}

/** At once and to the end: what is left to the event loop is cut off at 64 KiB when this process ends. */
function write(text) {
  const bytes = Buffer.from(text);
  for (let written = 0; written < bytes.length; ) {
    try {
      written += writeSync(STANDARD_OUTPUT, bytes, written);
    } catch (error) {
      // The pipe is full: whoever reads it needs a moment.
      if (error.code !== 'EAGAIN') throw error;
    }
  }
}
