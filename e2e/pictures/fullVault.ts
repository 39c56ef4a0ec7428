import { FirmPerson } from '../../engine/lab/firmPerson.ts';
import { addressOf } from '../../engine/sandbox/people.ts';

/** People of the sandbox by their place in its list of wallets. */
const [PORTFOLIO_MANAGER, OPS_APPROVER, OWNER] = [2, 5, 9];
const BASIS = 8;
const HOUR_MS = 3_600_000;

/** A withdrawal on its way to the vault, and one that waits for its people. */
export async function fillVault(origin: string): Promise<void> {
  const agreed = await ask(origin, 40_000);
  for (const index of [OPS_APPROVER, OWNER]) await (await FirmPerson.signIn(origin, index)).agree(agreed);
  await ask(origin, 420_000);
}

/** To the owner's own wallet. @returns the number under which it waits */
async function ask(origin: string, usdc: number): Promise<number> {
  const person = await FirmPerson.signIn(origin, PORTFOLIO_MANAGER);
  const number = await person.ask({
    kind: 'Withdraw',
    account: BASIS,
    asset: 'USDC',
    amount: usdc * 1e6,
    to: addressOf('firm owner'),
    deadlineMs: Date.now() + HOUR_MS,
  });
  return number!;
}
