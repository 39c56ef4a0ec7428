import { expect, test } from 'vitest';
import { mayComeFrom } from './mayComeFrom.ts';

test.each([
  [[], '203.0.113.7', true],
  [['203.0.113.7'], '203.0.113.7', true],
  [['203.0.113.7'], '::ffff:203.0.113.7', true],
  [['203.0.113.7', '2001:db8::1'], '2001:db8::1', true],
  [['2001:0DB8:0:0:0:0:0:1'], '2001:db8::1', true],
  [['203.0.113.7'], '203.0.113.70', false],
  [['203.0.113.7'], '2001:db8::1', false],
  [['203.0.113.7'], '', false],
  // What is no address lets nobody in, and does not open the list to all.
  [['....'], '203.0.113.7', false],
] as const)('of %j, %s: %s', (listed, address, isIn) => {
  expect(mayComeFrom(listed, address)).toBe(isIn);
});
