import { countedThisHour } from '../../core/accounts/agentScope.ts';
import type { Engine } from '../../core/engine.ts';
import { largestOrder } from '../../core/largestOrder.ts';
import { rebalanceOf } from '../../core/moves/rebalance.ts';
import { policyTrialOf } from '../../core/policy/policyTrial.ts';
import { previewOrders } from '../../core/preview.ts';
import { actionTrialOf, proposalTrialOf } from '../../core/proposals/actionTrial.ts';
import { findProposal } from '../../core/proposals/endProposal.ts';
import { stateHash } from '../../core/snapshot.ts';
import type { State } from '../../core/state.ts';
import { accountViewOf } from '../../core/views/account.ts';
import { firmViewOf, proposalsViewOf } from '../../core/views/firm.ts';
import { marginBookOf } from '../../core/views/marginBook.ts';
import { marketSnapshotOf } from '../../core/views/market.ts';
import { oracleViewOf } from '../../core/views/oracle.ts';
import { marginScheduleOf } from '../../core/views/schedule.ts';
import { stressesViewOf } from '../../core/views/stress.ts';
import { InstrumentStage } from '../../protocol/enums.ts';
import type { FollowerAnswers, FollowerCall } from '../threads/messages.ts';
import type { DistanceBook } from './distanceBook.ts';
import { firmRiskOf } from './firmRisk.ts';
import { optionChainOf } from './optionChain.ts';
import { payoffOf } from './payoff.ts';
import { settlementStateOf } from './settlementState.ts';
import type { StressBook } from './stressBook.ts';
import { venueComparisonsOf } from './venueBook.ts';

/** What the follower remembers of accounts besides their state: as they were measured last. */
export interface AccountBooks {
  readonly distances: DistanceBook;
  readonly stresses: StressBook;
}

/**
 * A question answered on the follower's state, which stands between two commands.
 *
 * @param books of this engine
 */
export function answerCall(
  engine: Engine,
  call: FollowerCall,
  books: AccountBooks,
): FollowerAnswers[FollowerCall['kind']] {
  const { state } = engine;
  const [seq, timeMs] = [state.globals.columns.seq[0]!, state.globals.columns.timeMs[0]!];
  switch (call.kind) {
    case 'preview':
      return previewOrders(engine, timeMs, call.operations);
    case 'largestOrder':
      return largestOrder(engine, timeMs, call.order, call.lotsMax);
    case 'account':
      return accountViewOf(engine, call.account);
    case 'watchedAccount':
      return { view: accountViewOf(engine, call.account), book: marginBookOf(engine, call.account) };
    case 'accounts':
      return { seq, timeMs, accounts: call.accounts.map((account) => accountViewOf(engine, account)) };
    case 'firmRisk':
      return firmRiskOf(engine, call.accounts, books.distances);
    case 'venues':
      return venueComparisonsOf(engine, call.account);
    case 'stresses':
      return stressesViewOf(engine, call.accounts);
    case 'stressMap':
      return books.stresses.read(engine, call.accounts);
    case 'marginSchedule':
      return marginScheduleOf(engine, call.accounts);
    case 'oracle':
      return oracleViewOf(state);
    case 'optionChain':
      return optionChainOf(engine, call.underlying);
    case 'payoff':
      return payoffOf(engine, call.account, call.underlying);
    case 'openedThisHour':
      return call.agents.map((agent) => countedThisHour(state, agent - 1));
    case 'firm':
      return firmViewOf(engine, call.member);
    case 'proposals':
      return proposalsViewOf(engine, call.firm);
    case 'actionTrial':
      return actionTrialOf(engine, call);
    case 'proposalTrial': {
      const proposal = findProposal(state, call.proposal);
      return proposal === undefined ? null : proposalTrialOf(engine, call.member, proposal);
    }
    case 'policyTrial':
      return policyTrialOf(state, call.firm, call.rules, call.question);
    case 'rebalance':
      return rebalanceOf(engine, call.firm, call.terms);
    case 'markets':
      return openInstruments(state).map((instrument) => marketSnapshotOf(state, instrument, call.levels));
    case 'settlement':
      return settlementStateOf(state);
    case 'stateHash':
      return { seq, timeMs, stateHash: stateHash(state) };
  }
}

/** Contracts that are settled stay as they are: nobody asks for their figures again. */
function openInstruments({ directory, instruments }: State): number[] {
  const { stage } = instruments.columns;
  return [...directory.instruments.keys()].filter((row) => stage[row] !== InstrumentStage.settled);
}
