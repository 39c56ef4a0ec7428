import type { Proof } from '../../protocol/commands/envelope.ts';
import type { ApproveAgent } from '../../protocol/commands/types.ts';
import { AgentScheme } from '../../protocol/enums.ts';
import { domainOf, type TypedData } from '../../protocol/typed/typedData.ts';
import {
  type ApproveAgentWire,
  approveAgentSummary,
  approveAgentTypes,
} from '../../protocol/wire/session.ts';

export interface AgentTypedData extends TypedData {
  readonly types: typeof approveAgentTypes;
  readonly primaryType: 'ApproveAgent';
  readonly message: {
    readonly member: string;
    readonly scheme: string;
    readonly publicKey: string;
    readonly accounts: readonly number[];
    readonly expiresAtMs: string;
    readonly markets: readonly string[];
    readonly notionalPerHourUsd: string;
    readonly addresses: readonly string[];
    readonly nonce: string;
    readonly summary: string;
  };
}

/**
 * The typed data a wallet must have signed for this request. The desk builds it from the request alone, so
 * a page that showed another text has signed something else.
 */
export function agentTypedData(
  desk: { chainId: number; vault: string },
  request: Omit<ApproveAgentWire, 'signature'>,
): AgentTypedData {
  return {
    domain: domainOf(desk),
    types: approveAgentTypes,
    primaryType: 'ApproveAgent',
    message: {
      member: request.member.toLowerCase(),
      scheme: request.scheme,
      publicKey: `0x${request.publicKey}`,
      accounts: request.accounts,
      expiresAtMs: String(request.expiresAtMs),
      markets: request.scope.markets,
      notionalPerHourUsd: String(request.scope.notionalPerHourUsd),
      addresses: request.scope.addresses,
      nonce: String(request.nonce),
      summary: approveAgentSummary(request),
    },
  };
}

export function approveAgentCommand(request: ApproveAgentWire): ApproveAgent {
  const { publicKey, accounts, expiresAtMs, nonce, scope } = request;
  const scheme = AgentScheme[request.scheme];
  return {
    kind: 'ApproveAgent',
    member: request.member.toLowerCase(),
    scheme,
    publicKey,
    accounts,
    expiresAtMs,
    nonce,
    scope,
  };
}

/** What the journal keeps, so that an auditor can check the wallet's signature again. */
export function approveAgentProof(typedData: AgentTypedData, request: ApproveAgentWire): Proof {
  return {
    scheme: 'eip712',
    key: request.member.toLowerCase(),
    signature: request.signature,
    signedText: JSON.stringify(typedData),
  };
}
