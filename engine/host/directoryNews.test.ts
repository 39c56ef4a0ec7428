import { expect, test } from 'vitest';
import { DirectoryNews } from './directoryNews.ts';

const LONG_MS = 60_000;

/** Whether a question has been let go by now. */
async function isLetGo(question: Promise<boolean>): Promise<boolean> {
  return await Promise.race([
    question.then(() => true),
    new Promise<boolean>((go) => setImmediate(go, false)),
  ]);
}

test('who has seen less than there is waits for nothing', async () => {
  const news = new DirectoryNews();
  news.told(7);
  expect(await news.behind('a', 6, LONG_MS)).toBe(true);
});

test('who has seen everything waits until something is told behind it', async () => {
  const news = new DirectoryNews();
  news.told(7);
  const question = news.behind('a', 7, LONG_MS);
  expect(await isLetGo(question)).toBe(false);
  news.told(7);
  expect(await isLetGo(question)).toBe(false);
  news.told(8);
  expect(await question).toBe(true);
});

test('a question is answered when its time is over although nothing happened', async () => {
  const news = new DirectoryNews();
  expect(await news.behind('a', 7, 5)).toBe(true);
});

test('one asker has four places, and another has their own', async () => {
  const news = new DirectoryNews();
  const waiting = [1, 2, 3, 4].map(() => news.behind('a', 0, LONG_MS));
  expect(await news.behind('a', 0, LONG_MS)).toBe(false);
  const other = news.behind('b', 0, LONG_MS);
  news.told(1);
  expect(await Promise.all([...waiting, other])).toEqual(Array(5).fill(true));
  const again = news.behind('a', 1, LONG_MS);
  expect(await isLetGo(again)).toBe(false);
  news.close();
  expect(await again).toBe(true);
});

test('a desk that stops keeps nobody waiting, now or later', async () => {
  const news = new DirectoryNews();
  const question = news.behind('a', 0, LONG_MS);
  news.close();
  expect(await question).toBe(true);
  expect(await news.behind('a', 0, LONG_MS)).toBe(true);
});
