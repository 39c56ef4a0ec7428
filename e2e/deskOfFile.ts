import { type Desk, type DeskOptions, startDesk } from './desk.ts';
import { test } from './journey.ts';
import { whole } from './quiet.ts';

type DeskOfFile = Pick<Desk, 'origin' | 'pid'>;

/** A desk for all journeys of a file, on a market that stands still, so that what is on screen can be compared. */
export function stillDesk(): DeskOfFile {
  return deskOf({ pace: 'paused' });
}

/** The same on a market that moves as it does for whoever opens a desk. */
export function movingDesk(): DeskOfFile {
  return deskOf({});
}

/** Started whole before the first journey of the file, stopped after the last. */
function deskOf(options: DeskOptions): DeskOfFile {
  let desk: Desk | undefined;
  test.beforeAll(async () => {
    desk = await startDesk(options);
    await whole(desk);
  });
  test.afterAll(async () => {
    await desk?.stop();
  });
  return {
    get origin() {
      return desk!.origin;
    },
    get pid() {
      return desk!.pid;
    },
  };
}
