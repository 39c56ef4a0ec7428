import { expect, test } from 'vitest';
import { tamperTest } from './tamper.ts';

test('whatever is changed in an export of a thousand records, it is found', async () => {
  const report = await tamperTest({ records: 1_000, byteStep: 131, sealStep: 131, recordStep: 331 });
  expect(report).toMatchObject({ records: 1_000, missed: [] });
  expect(report.flips).toBeGreaterThan(5_000);
});
