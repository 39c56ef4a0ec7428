// Goal: a browser never calls a contract by a function it does not have. How: each line of ours against the compiler's.
import { expect, test } from 'vitest';
import { abiLines, contractLines } from '../../engine/lab/chain/contractAbi.ts';
import { permitAbi, tokenAbi, vaultAbi } from './vaultAbi.ts';

test('every function and error that a browser knows of the vault is the vault’s', () => {
  expect(contractLines('vault')).toEqual(expect.arrayContaining(abiLines(vaultAbi)));
});

test('every function and error that a browser knows of a token is the sandbox’s token’s', () => {
  expect(contractLines('token')).toEqual(expect.arrayContaining(abiLines(tokenAbi)));
  // The version of a token from before EIP-5267 is in a function of its own.
  const permits = abiLines(permitAbi).filter((line) => line !== 'function version()');
  expect(permits).toHaveLength(permitAbi.length - 1);
  expect(contractLines('token')).toEqual(expect.arrayContaining(permits));
});
