import { expect, test } from 'vitest';
import { accountOfSub, ownerOfSub, subaccountId } from './root.ts';

const OWNER = `0x${'aB'.repeat(20)}`;

test('a subaccount’s id is its owner’s address, then its number', () => {
  const sub = subaccountId(OWNER, 258);
  expect(sub).toBe(`0x${'ab'.repeat(20)}000000000000000000000102`);
  expect(ownerOfSub(sub)).toBe(OWNER.toLowerCase());
  expect(accountOfSub(sub)).toBe(258);
  expect(accountOfSub(subaccountId(OWNER, Number.MAX_SAFE_INTEGER))).toBe(Number.MAX_SAFE_INTEGER);
});

test('a number past the engine’s is nobody’s there', () => {
  expect(accountOfSub(`0x${'ab'.repeat(20)}${'f'.repeat(24)}`)).toBeUndefined();
  expect(accountOfSub(`0x${'ab'.repeat(20)}${(2n ** 53n).toString(16).padStart(24, '0')}`)).toBeUndefined();
});

test('what is no address, number or id stops', () => {
  expect(() => subaccountId('0xab', 0)).toThrow('an owner is an address');
  expect(() => subaccountId(`0x${'zz'.repeat(20)}`, 0)).toThrow('an owner is an address');
  for (const account of [-1, 0.5, Number.NaN, 2 ** 53])
    expect(() => subaccountId(OWNER, account)).toThrow('has a number');
  expect(() => ownerOfSub(OWNER)).toThrow('32 bytes');
  expect(() => accountOfSub(`0x${'AB'.repeat(32)}`)).toThrow('32 bytes');
});
