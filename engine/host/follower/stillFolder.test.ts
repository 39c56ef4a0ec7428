import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readWhole } from '../../journal/disk.ts';
import { SUPERBLOCK_NAMES, segmentName } from '../../journal/layout.ts';
import { nodeDisk } from '../../journal/nodeDisk.ts';
import { stillFolder } from './stillFolder.ts';

let dir: string;

beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'ballast-still-'));
});

afterEach(() => rmSync(dir, { recursive: true, force: true, maxRetries: 9 }));

const put = (name: string, text: string) => writeFileSync(path.join(dir, name), text);
const textOf = (disk: ReturnType<typeof stillFolder>, name: string) =>
  readWhole(disk, `${dir}/${name}`).toString();

test('what the writer does later is not seen', () => {
  put(segmentName(1, 1), 'sealed');
  put(segmentName(2, 41), 'just begun');
  put(SUPERBLOCK_NAMES[0], 'at 40');
  const still = stillFolder(nodeDisk, dir, 40);
  put(SUPERBLOCK_NAMES[0], 'at 900');
  put(SUPERBLOCK_NAMES[1], 'at 901');
  put(segmentName(2, 901), 'next');
  expect(still.list(dir).sort()).toEqual([segmentName(1, 1), SUPERBLOCK_NAMES[0]]);
  expect(textOf(still, SUPERBLOCK_NAMES[0])).toBe('at 40');
  expect(still.sizeOf(`${dir}/${SUPERBLOCK_NAMES[0]}`)).toBe(5);
  expect(still.exists(`${dir}/${SUPERBLOCK_NAMES[1]}`)).toBe(false);
  expect(textOf(still, segmentName(1, 1))).toBe('sealed');
});

test('nothing is written through it', () => {
  put(SUPERBLOCK_NAMES[0], 'at 40');
  const still = stillFolder(nodeDisk, dir, 40);
  expect(() => still.open(`${dir}/${SUPERBLOCK_NAMES[0]}`, 'write')).toThrow('stands still');
  expect(() => still.open(`${dir}/${SUPERBLOCK_NAMES[0]}`, 'read').sync()).toThrow('stands still');
});
