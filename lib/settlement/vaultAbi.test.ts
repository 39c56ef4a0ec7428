// Goal: a browser never calls a contract by a function it does not have. How: each line of ours against the compiler's.
import { expect, test } from 'vitest';
import { abiLines, contractLines } from '../../engine/lab/chain/contractAbi.ts';
import { tokenAbi, vaultAbi } from './vaultAbi.ts';

test('every function and error that a browser knows of the vault is the vault’s', () => {
  expect(contractLines('vault')).toEqual(expect.arrayContaining(abiLines(vaultAbi)));
});

test('every function and error that a browser knows of a token is the sandbox’s token’s', () => {
  expect(contractLines('token')).toEqual(expect.arrayContaining(abiLines(tokenAbi)));
});
