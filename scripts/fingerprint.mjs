// Tells whether something made earlier (an install, a build) still fits what it was made from.
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { root } from './steps.mjs';

/**
 * Hash of names and contents, the same for the same tree on any machine.
 *
 * Contents and not times: a fresh clone, a restored cache and a switched branch all give times that say nothing.
 *
 * @param {string[]} places files and folders relative to the project; missing ones count as missing
 * @param {(name: string) => boolean} [isCounted] which files inside folders count
 */
export function fingerprintOf(places, isCounted = () => true) {
  const hash = createHash('sha256');
  for (const place of places) addTo(hash, place, isCounted);
  return hash.digest('hex');
}

function addTo(hash, place, isCounted) {
  const full = path.join(root, place);
  try {
    const entries = readdirSync(full, { withFileTypes: true });
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const inside = `${place}/${entry.name}`;
      if (entry.isDirectory() || isCounted(inside)) addTo(hash, inside, isCounted);
    }
  } catch (error) {
    if (error.code === 'ENOTDIR') hash.update(`${place}\0`).update(readFileSync(full)).update('\0');
    else if (error.code === 'ENOENT') hash.update(`${place}\0missing\0`);
    else throw error;
  }
}

/** The fingerprint a finished piece of work left behind, or undefined when it never finished. */
export function readMark(file) {
  try {
    return readFileSync(path.join(root, file), 'utf8').trim();
  } catch (error) {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined;
    throw error;
  }
}

/** Taken away before the work starts: whoever finds no mark knows that the work was not finished. */
export function removeMark(file) {
  rmSync(path.join(root, file), { force: true });
}

/** Written after everything else, in one step, so a kill at any moment leaves no mark or a true one. */
export function writeMark(file, fingerprint) {
  const full = path.join(root, file);
  mkdirSync(path.dirname(full), { recursive: true });
  writeFileSync(`${full}.part`, `${fingerprint}\n`);
  renameSync(`${full}.part`, full);
}
