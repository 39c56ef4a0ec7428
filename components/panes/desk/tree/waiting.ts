import type { proposalsByPlace } from './Tree.state.ts';

export type Waiting = ReturnType<typeof proposalsByPlace>;
