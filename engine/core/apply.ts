import type { ByteReader } from '../protocol/bytes.ts';
import { type EnvelopeHead, readHead, SYSTEM_ACTOR } from '../protocol/commands/envelope.ts';
import type { FirmCommand } from '../protocol/commands/firm.ts';
import { readOrderCommand, readReportPrices } from '../protocol/commands/hotCodec.ts';
import { commandKindName, commandKinds, isFirmKind, isOrderKind } from '../protocol/commands/kinds.ts';
import type {
  AccountCommand,
  Batch,
  Command,
  OrderCommand,
  ReportPrices,
  Tick,
} from '../protocol/commands/types.ts';
import { OK, refusal } from '../protocol/errors.ts';
import { assert, broken } from '../units/assert.ts';
import { countOpened, judgeOpening } from './accounts/agentScope.ts';
import { moveCollateral } from './accounts/moveCollateral.ts';
import { judgeNonce, keepNonce } from './accounts/nonces.ts';
import { openPot } from './accounts/openPot.ts';
import { genesis } from './admin/genesis.ts';
import { listAsset, listUnderlying, setCorrelations, setFeeTiers } from './admin/listings.ts';
import { isIntegerIn } from './admin/names.ts';
import { addMember, approveAgent, openFirm, openSubaccount, revokeAgent } from './admin/parties.ts';
import { announce } from './announce.ts';
import { registerMarketMaker } from './caps/registerMarketMaker.ts';
import { setLeverageCap } from './caps/setLeverageCap.ts';
import type { Engine } from './engine.ts';
import { listInstrument } from './instruments/listInstrument.ts';
import { FIRST_ACCOUNT } from './ledger/systemAccounts.ts';
import { highWater } from './memory/table.ts';
import { putF, putI } from './memory/undo.ts';
import { setSurface } from './options/setSurface.ts';
import { reportPrices } from './oracle/reportPrices.ts';
import { setRedemptionRatio } from './oracle/setRedemptionRatio.ts';
import { amendOrder } from './orders/amendOrder.ts';
import { cancelAll, cancelByClientId, cancelOrder } from './orders/cancelOrder.ts';
import { expireOrders } from './orders/expireOrders.ts';
import { onlyReduces } from './orders/onlyReduces.ts';
import { placeOrder } from './orders/placeOrder.ts';
import { placeScale } from './orders/placeScale.ts';
import { mixLanes, TAG } from './out.ts';
import { commentProposal } from './proposals/commentProposal.ts';
import { decideProposal } from './proposals/decideProposal.ts';
import { propose } from './proposals/propose.ts';
import { withdrawProposal } from './proposals/withdrawProposal.ts';
import { adoptVault } from './settlement/adoptVault.ts';
import { creditDeposit } from './settlement/creditDeposit.ts';
import { cutRoot } from './settlement/cutRoot.ts';
import { noteVaultCap } from './settlement/noteVaultCap.ts';
import { noteWhitelist } from './settlement/noteWhitelist.ts';
import { reopenWithdrawal } from './settlement/reopenWithdrawal.ts';
import { revertDeposit } from './settlement/revertDeposit.ts';
import { serveDemand } from './settlement/serveDemand.ts';
import { settleWithdrawal } from './settlement/settleWithdrawal.ts';
import { skipDeposit } from './settlement/skipDeposit.ts';
import { tick } from './tick.ts';

/** Operations in one batch: bounded work for one command. */
export const BATCH_MAX = 100;

const head: EnvelopeHead = { kind: 0, actor: 0, nonce: 0, hasProof: false };

/**
 * Applies one journalled command: the only way the state changes. The same bytes at the same sequence
 * and time give the same state, events and hash on every machine.
 *
 * @param seq place in the journal; exactly one more than the last
 * @param timeMs engine time, never less than the last
 * @param bytes an envelope as `encodeEnvelope` wrote it
 * @returns OK, or the number of the refusal; the command's events stand in `engine.out`
 * @fails AssertionError when a belief of ours is broken; the engine must then stop
 */
export function apply(engine: Engine, seq: number, timeMs: number, bytes: Uint8Array): number {
  const { state, undo, out } = engine;
  const g = state.globals.columns;
  if (seq !== g.seq[0]! + 1) throw broken(`command ${seq} does not follow ${g.seq[0]}`);
  if (timeMs < g.timeMs[0]!) throw broken(`time ${timeMs} runs back behind ${g.timeMs[0]}`);
  putF(undo, g.seq, 0, seq);
  putF(undo, g.timeMs, 0, timeMs);
  const reader = engine.reader.reset(bytes);
  readHead(reader, head);
  const start = out.length;
  const at = out.open(TAG.CommandApplied, 6);
  expireOrders(engine);
  const code = perform(engine, head, reader);
  engine.touched.announce(state, out);
  const { lanes } = out;
  lanes[at] = seq;
  lanes[at + 1] = timeMs;
  lanes[at + 2] = head.kind;
  lanes[at + 3] = head.actor;
  lanes[at + 4] = head.nonce;
  lanes[at + 5] = code;
  putI(undo, g.eventHash, 0, mixLanes(g.eventHash[0]!, out.words, start, out.length));
  return code;
}

function perform(engine: Engine, { kind, actor, nonce }: EnvelopeHead, reader: ByteReader): number {
  const { state } = engine;
  const isGenesis = kind === commandKinds.Genesis;
  if (state.directory.genesis === null && !isGenesis) return refusal['genesis.missing'];
  const now = state.globals.columns.timeMs[0]!;
  const actorCode = engine.access.judgeActor(actor, now, isFirmKind(kind));
  if (actorCode !== OK) return actorCode;
  if (engine.access.needsNonce(actor)) {
    const nonceCode = judgeNonce(state, actor - 1, nonce, now);
    if (nonceCode !== OK) return nonceCode;
    keepNonce(state, engine.undo, actor - 1, nonce);
  }
  if (kind === commandKinds.Batch) return batch(engine, actor, reader);
  if (isOrderKind(kind))
    return orderOperation(engine, actor, readOrderCommand(reader, kind, engine.orders), 0);
  if (isAccountKind(kind)) return accountCommand(engine, actor, JSON.parse(reader.text()) as AccountCommand);
  if (isFirmKind(kind)) return firmCommand(engine, actor, JSON.parse(reader.text()) as FirmCommand);
  return actor === 0 ? systemCommand(engine, kind, reader) : refusal['actor.notPermitted'];
}

function isAccountKind(kind: number): boolean {
  return kind >= commandKinds.OpenPot && kind <= commandKinds.SetLeverageCap;
}

function firmCommand(engine: Engine, actor: number, command: FirmCommand): number {
  switch (command.kind) {
    case 'Propose':
      return propose(engine, actor, command);
    case 'Decide':
      return decideProposal(engine, actor, command);
    case 'WithdrawProposal':
      return withdrawProposal(engine, actor, command);
    case 'CommentProposal':
      return commentProposal(engine, actor, command);
  }
}

/** Operations are judged one by one, in order: one that is refused spoils no other. */
function batch(engine: Engine, actor: number, reader: ByteReader): number {
  const count = reader.u16();
  if (count === 0) return refusal['batch.empty'];
  if (count > BATCH_MAX) return refusal['batch.tooLarge'];
  for (let op = 0; op < count; op++) {
    const kind = reader.u8();
    orderOperation(engine, actor, readOrderCommand(reader, kind, engine.orders), op);
  }
  return OK;
}

/**
 * Refusals before those of the operation itself: account.unknown, actor.outOfScope, actor.notPermitted,
 * agent.outOfMarkets, agent.notionalPerHour.
 */
function orderOperation(engine: Engine, actor: number, command: OrderCommand, op: number): number {
  const { account } = command;
  if (account < FIRST_ACCOUNT || account >= highWater(engine.state.accounts)) {
    return refuseAccount(engine, command, op, refusal['account.unknown']);
  }
  if (!engine.access.covers(actor, account))
    return refuseAccount(engine, command, op, refusal['actor.outOfScope']);
  if (engine.access.mayOnlyReduce(actor) && !onlyReduces(engine.state, command))
    return refuseAccount(engine, command, op, refusal['actor.notPermitted']);
  if (actor === SYSTEM_ACTOR) return performOrder(engine, command, op);
  const scopeCode = judgeOpening(engine, actor - 1, command);
  if (scopeCode !== OK) return refuseAccount(engine, command, op, scopeCode);
  engine.intent.agent = actor;
  const code = performOrder(engine, command, op);
  engine.intent.agent = 0;
  if (code === OK) countOpened(engine, actor - 1);
  return code;
}

function performOrder(engine: Engine, command: OrderCommand, op: number): number {
  switch (command.kind) {
    case 'PlaceOrder':
      return placeOrder(engine, command, op);
    case 'PlaceScale':
      return placeScale(engine, command, op);
    case 'AmendOrder':
      return amendOrder(engine, command, op);
    case 'CancelOrder':
      return cancelOrder(engine, command, op);
    case 'CancelByClientId':
      return cancelByClientId(engine, command, op);
    case 'CancelAll':
      return cancelAll(engine, command, op);
  }
}

/**
 * Refusals before those of the command itself: actor.notPermitted of a cap that its trader would set and of who may
 * only reduce, then for every account it names account.unknown, actor.outOfScope.
 */
function accountCommand(engine: Engine, actor: number, command: AccountCommand): number {
  const { access } = engine;
  const mayAsk = command.kind === 'SetLeverageCap' ? access.maySetCaps(actor) : !access.mayOnlyReduce(actor);
  if (!mayAsk) return refusal['actor.notPermitted'];
  const accounts = command.kind === 'MoveCollateral' ? [command.from, command.to] : [command.account];
  const accountMax = highWater(engine.state.accounts) - 1;
  if (!accounts.every((account) => isIntegerIn(account, FIRST_ACCOUNT, accountMax)))
    return refusal['account.unknown'];
  if (!accounts.every((account) => access.covers(actor, account))) return refusal['actor.outOfScope'];
  switch (command.kind) {
    case 'OpenPot':
      return openPot(engine, command);
    case 'MoveCollateral':
      return moveCollateral(engine, command);
    case 'SetLeverageCap':
      return setLeverageCap(engine, command);
  }
}

function refuseAccount({ out }: Engine, command: OrderCommand, op: number, code: number): number {
  const { account } = command;
  if (command.kind === 'PlaceOrder' || command.kind === 'PlaceScale') {
    const { instrument, clientId0, clientId1, clientId2, clientId3 } = command;
    announce(
      out,
      TAG.OrderRejected,
      op,
      account,
      instrument,
      code,
      clientId0,
      clientId1,
      clientId2,
      clientId3,
    );
  } else if (command.kind === 'AmendOrder') {
    announce(out, TAG.AmendRejected, op, account, command.orderId, code);
  } else {
    announce(
      out,
      TAG.CancelRejected,
      op,
      account,
      command.kind === 'CancelOrder' ? command.orderId : 0,
      code,
    );
  }
  return code;
}

function systemCommand(engine: Engine, kind: number, reader: ByteReader): number {
  if (kind === commandKinds.Tick) return tick(engine);
  if (kind === commandKinds.ReportPrices) return reportPrices(engine, readReportPrices(reader));
  const name = commandKindName(kind);
  assert(name !== undefined, `command kind ${kind} is not of this version`);
  return coldCommand(engine, JSON.parse(reader.text()) as ColdCommand);
}

/** Commands of the system that come once in a while and are written as JSON. */
type ColdCommand = Exclude<
  Command,
  OrderCommand | AccountCommand | FirmCommand | Batch | ReportPrices | Tick
>;

function coldCommand(engine: Engine, command: ColdCommand): number {
  switch (command.kind) {
    case 'Genesis':
      return genesis(engine, command);
    case 'ListAsset':
      return listAsset(engine, command);
    case 'ListUnderlying':
      return listUnderlying(engine, command);
    case 'ListInstrument':
      return listInstrument(engine, command);
    case 'SetFeeTiers':
      return setFeeTiers(engine, command);
    case 'SetCorrelations':
      return setCorrelations(engine, command);
    case 'OpenFirm':
      return openFirm(engine, command);
    case 'OpenSubaccount':
      return openSubaccount(engine, command);
    case 'RegisterMarketMaker':
      return registerMarketMaker(engine, command);
    case 'AddMember':
      return addMember(engine, command);
    case 'ApproveAgent':
      return approveAgent(engine, command);
    case 'RevokeAgent':
      return revokeAgent(engine, command);
    case 'CreditDeposit':
      return creditDeposit(engine, command);
    case 'SkipDeposit':
      return skipDeposit(engine, command);
    case 'RevertDeposit':
      return revertDeposit(engine, command);
    case 'AdoptVault':
      return adoptVault(engine, command);
    case 'CutRoot':
      return cutRoot(engine, command);
    case 'SettleWithdrawal':
      return settleWithdrawal(engine, command);
    case 'ReopenWithdrawal':
      return reopenWithdrawal(engine, command);
    case 'NoteWhitelist':
      return noteWhitelist(engine, command);
    case 'NoteVaultCap':
      return noteVaultCap(engine, command);
    case 'ServeDemand':
      return serveDemand(engine, command);
    case 'SetSurface':
      return setSurface(engine, command);
    case 'SetRedemptionRatio':
      return setRedemptionRatio(engine, command);
  }
}
