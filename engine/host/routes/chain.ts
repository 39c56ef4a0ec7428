import type { ChainDoor } from '../../settlement/door/chainDoor.ts';
import { ok, refuse } from '../http/reply.ts';
import type { Route } from '../http/routes.ts';

/** The chain on our own address: reads and signed transactions, for pages that may connect nowhere else. */
export function chainRoutes(door: Pick<ChainDoor, 'answer'>): Route[] {
  return [
    {
      method: 'POST',
      path: '/api/v1/chain/rpc',
      lane: 'requests',
      // What is sent here changes the chain by its own signature, and nothing of the engine.
      isQuestion: true,
      handle: async ({ text }) => {
        const answer = await door.answer(text);
        return answer === undefined ? refuse('request.malformed') : ok(answer);
      },
    },
  ];
}
