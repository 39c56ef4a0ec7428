import * as z from 'zod/mini';
import type { Action } from '../commands/actions.ts';
import { COMMENT_LENGTH_MAX } from '../commands/firm.ts';
import type { Rule } from '../commands/policy.ts';
import {
  InstrumentKind,
  type InstrumentKindName,
  Role,
  UnderlyingClass,
  type UnderlyingClassName,
} from '../enums.ts';
import { actionFields } from '../typed/actionHash.ts';
import { agentScopeWire } from './session.ts';

/** What a member's wallet signs, at the door: the same words and numbers as the engine's, unknown keys refused. */

const address = z.string().check(z.regex(/^0x[0-9a-f]{40}$/));
const walletSignature = z.string().check(z.regex(/^0x(?:[0-9a-fA-F]{2}){65,}$/), z.maxLength(16_386));
const hash = z.string().check(z.regex(/^0x[0-9a-f]{64}$/));
const count = z.int().check(z.nonnegative());
const label = z.string().check(z.minLength(1), z.maxLength(64));
const role = z.literal(Object.values(Role));
const nodes = z.array(count).check(z.maxLength(256));
const asset = z.string().check(z.regex(/^[A-Z0-9]{1,24}$/));
const actionKind = z.enum(Object.keys(actionFields) as [Action['kind'], ...Action['kind'][]]);

const roles = z.array(role).check(z.maxLength(16));
const approvals = z.strictObject({
  is: z.literal('approve'),
  groups: z.array(z.strictObject({ roles, side: z.enum(['from', 'to']), min: count })).check(z.maxLength(16)),
  vetoRoles: roles,
  delayMs: count,
  expiryMs: count,
});
const rule = z.strictObject({
  id: z.string().check(z.maxLength(24)),
  when: z.strictObject({
    roles: z.optional(roles),
    actions: z.optional(z.array(actionKind).check(z.maxLength(64))),
    nodes: z.optional(nodes),
    direction: z.optional(z.enum(['loosen', 'tighten'])),
    isOwn: z.optional(z.boolean()),
    reach: z.optional(z.enum(['ownFirm', 'otherFirm'])),
    overUsd: z.optional(count),
    upToUsd: z.optional(count),
    minutesUtc: z.optional(z.strictObject({ from: count, to: count })),
  }),
  verdict: z.discriminatedUnion('is', [
    z.strictObject({ is: z.literal('allow') }),
    z.strictObject({ is: z.literal('deny') }),
    approvals,
  ]),
}) satisfies z.ZodMiniType<Rule>;

const usd = z.optional(count);
const sums = { grossUsd: usd, netUsd: usd };
const nodeLimits = z.strictObject({
  ...sums,
  classes: z.optional(
    z
      .array(
        z.strictObject({ class: z.enum(Object.keys(UnderlyingClass) as [UnderlyingClassName]), ...sums }),
      )
      .check(z.maxLength(16)),
  ),
  assets: z.optional(z.array(z.strictObject({ underlying: asset, ...sums })).check(z.maxLength(32))),
  orderUsd: usd,
  ordersPerMinute: z.optional(count),
  dayLossUsd: usd,
  leveragePpm: z.optional(count),
  concentrationPpm: z.optional(count),
  concentrationFloorUsd: usd,
  underlyings: z.optional(z.array(asset).check(z.maxLength(32))),
  kinds: z.optional(
    z.array(z.enum(Object.keys(InstrumentKind) as [InstrumentKindName])).check(z.maxLength(8)),
  ),
});

const transfer = { from: count, to: count, asset, amount: count };
const tradingKey = z.string().check(z.regex(/^[0-9a-f]{64,130}$/));
const of = <K extends Action['kind']>(kind: K) => z.literal(kind);

const transferAction = z.strictObject({ kind: of('Transfer'), ...transfer });
const portAction = z.strictObject({
  kind: of('PortPosition'),
  from: count,
  to: count,
  instrument: count,
  lots: count,
  priceTicks: count,
});

const moveAction = z.strictObject({ kind: of('MoveNode'), node: count, parent: count });

const action = z.discriminatedUnion('kind', [
  z.strictObject({ kind: of('OpenNode'), parent: count, label, isAccount: z.boolean() }),
  z.strictObject({ kind: of('RenameNode'), node: count, label }),
  moveAction,
  z.strictObject({ kind: of('TagNode'), node: count, tags: z.array(label).check(z.maxLength(16)) }),
  z.strictObject({ kind: of('ArchiveNode'), node: count }),
  z.strictObject({
    kind: of('SetNodeState'),
    node: count,
    state: z.enum(['normal', 'reduceOnly', 'frozen']),
  }),
  transferAction,
  z.strictObject({
    kind: of('TransferMany'),
    transfers: z.array(z.strictObject(transfer)).check(z.maxLength(64)),
  }),
  portAction,
  z.strictObject({
    kind: of('ChangeSet'),
    parts: z
      .array(z.discriminatedUnion('kind', [transferAction, portAction, moveAction]))
      .check(z.maxLength(64)),
  }),
  z.strictObject({ kind: of('NetPositions'), node: count, instrument: count }),
  z.strictObject({ kind: of('SetNettingWindow'), node: count, everyMinutes: count, startMinuteUtc: count }),
  z.strictObject({ kind: of('Unwind'), account: count, distancePpm: z.optional(count) }),
  z.strictObject({ kind: of('Flatten'), node: count, distancePpm: z.optional(count) }),
  z.strictObject({
    kind: of('PlaceOverLimit'),
    account: count,
    instrument: count,
    side: z.enum(['buy', 'sell']),
    priceTicks: count,
    sizeLots: count,
    timeInForce: z.enum(['gtc', 'ioc', 'fok']),
  }),
  z.strictObject({
    kind: of('Withdraw'),
    account: count,
    asset,
    amount: count,
    to: address,
    deadlineMs: count,
  }),
  z.strictObject({ kind: of('ListDestination'), to: address, label, dayUsd: count }),
  z.strictObject({ kind: of('UnlistDestination'), to: address }),
  z.strictObject({ kind: of('SetWithdrawalLimits'), dayUsd: count, destinationDayUsd: count }),
  z.strictObject({ kind: of('SetSegregation'), account: count, isSegregated: z.boolean() }),
  z.strictObject({ kind: of('AdmitMember'), address, role, label, nodes }),
  z.strictObject({ kind: of('ChangeMember'), member: count, role, nodes }),
  z.strictObject({ kind: of('RemoveMember'), member: count }),
  z.strictObject({ kind: of('LinkWallet'), member: count, address }),
  z.strictObject({ kind: of('UnlinkWallet'), member: count, address }),
  z.strictObject({
    kind: of('ApproveKey'),
    member: count,
    scheme: z.enum(['ed25519', 'p256']),
    publicKey: tradingKey,
    accounts: z.array(count).check(z.maxLength(64)),
    ...agentScopeWire,
    expiresAtMs: z.int().check(z.positive()),
  }),
  z.strictObject({ kind: of('RevokeKey'), publicKey: tradingKey }),
  z.strictObject({
    kind: of('ChangeKey'),
    publicKey: tradingKey,
    ...agentScopeWire,
    expiresAtMs: z.int().check(z.positive()),
  }),
  z.strictObject({
    kind: of('SetLimits'),
    node: count,
    limits: z.strictObject({ soft: nodeLimits, hard: nodeLimits }),
  }),
  z.strictObject({
    kind: of('SetMarginCalls'),
    node: count,
    levels: z
      .array(
        z.strictObject({
          ratioPpm: count,
          roles,
          prepare: z.enum(['nothing', 'transfer', 'unwind']),
        }),
      )
      .check(z.maxLength(8)),
  }),
  z.strictObject({ kind: of('AcknowledgeMarginCall'), call: count, member: count }),
  z.strictObject({ kind: of('SetPolicy'), rules: z.array(rule).check(z.maxLength(64)) }),
]) satisfies z.ZodMiniType<Action>;

/** Whose wallet signed, and when: a time in ms that it has not used before. */
const signed = { wallet: address, nonce: z.int().check(z.positive()), signature: walletSignature };

/** POST /api/v1/proposals */
export const proposeWire = z.strictObject({
  ...signed,
  firm: count,
  action,
  policyHash: hash,
  seqMin: count,
  deadlineMs: count,
});
export type ProposeWire = z.infer<typeof proposeWire>;

/** POST /api/v1/proposals/draft: the same without a signature, answered with what is to be signed. */
export const proposeDraftWire = z.omit(proposeWire, { signature: true });
export type ProposeDraftWire = z.infer<typeof proposeDraftWire>;

/** POST /api/v1/proposals/preview: what would come of it. It asks for nothing, so nobody signs. */
export const actionTrialWire = z.strictObject({ action });

/** POST /api/v1/firm/policy/trial: rules asked who could do what; a draft of them as well. */
export const policyTrialWire = z.strictObject({
  rules: z.array(rule).check(z.maxLength(64)),
  question: z.strictObject({
    action: actionKind,
    node: count,
    direction: z.enum(['loosen', 'tighten']),
    movedUsd: count.check(z.maximum(1e9)),
    isOwn: z.boolean(),
  }),
});

/** POST /api/v1/firm/rebalance: at most as many accounts as the nearest a person looks at, the most urgent first. */
export const rebalanceWire = z.strictObject({
  accounts: z.array(count).check(z.minLength(1), z.maxLength(8)),
  target: z.discriminatedUnion('by', [
    z.strictObject({ by: z.literal('distance'), sigmas: z.number().check(z.positive(), z.maximum(50)) }),
    z.strictObject({
      by: z.literal('ratio'),
      ratioPpm: z.int().check(z.positive(), z.maximum(1_000_000)),
    }),
  ]),
});

/** POST /api/v1/proposals/:proposal/decision */
export const decideWire = z.strictObject({
  ...signed,
  decision: z.enum(['approve', 'veto']),
  reason: z.string().check(z.maxLength(COMMENT_LENGTH_MAX)),
  actionHash: hash,
  policyHash: hash,
  seqMin: count,
  deadlineMs: count,
});
export type DecideWire = z.infer<typeof decideWire>;

/** POST /api/v1/proposals/:proposal/decision/draft: the same without a signature, answered with what is to be signed. */
export const decideDraftWire = z.omit(decideWire, { signature: true });
export type DecideDraftWire = z.infer<typeof decideDraftWire>;

/** POST /api/v1/proposals/:proposal/withdrawal */
export const withdrawProposalWire = z.strictObject(signed);
export type WithdrawProposalWire = z.infer<typeof withdrawProposalWire>;

/** POST /api/v1/proposals/:proposal/comments */
export const commentWire = z.strictObject({
  ...signed,
  text: z.string().check(z.minLength(1), z.maxLength(COMMENT_LENGTH_MAX)),
  isQuestion: z.boolean(),
});
export type CommentWire = z.infer<typeof commentWire>;
