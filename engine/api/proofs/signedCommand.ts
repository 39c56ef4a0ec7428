import { type Envelope, encodeEnvelope, type Proof } from '../../protocol/commands/envelope.ts';
import type { ApproveAgent } from '../../protocol/commands/types.ts';
import { AgentScheme, nameOf } from '../../protocol/enums.ts';
import type { DirectoryView } from '../../protocol/views/directory.ts';
import { type AgentTypedData, agentTypedData, approveAgentCommand } from '../native/agentApproval.ts';
import { readCommand, readSignedText } from '../native/commands.ts';
import type { Names } from '../native/names.ts';
import { isTextSignedBy } from './textSignature.ts';

/**
 * What stands against a trading key having given a command: the signature is its own over the text, and the text, read as
 * the door reads it, is the command of the key that is said to have given it.
 *
 * @param names the door may have read it by
 * @returns `the …`, to be followed by nothing; undefined where nothing stands against it
 */
export function againstKey(names: Names, envelope: Envelope, proof: Proof): string | undefined {
  const { key, signature, signedText, scheme } = proof;
  if (scheme !== 'ed25519' && scheme !== 'p256') return 'a trading key signs no typed data';
  if (!isTextSignedBy(scheme, key, signature, Buffer.from(signedText, 'utf8')))
    return `the signature is not of key ${key} over the signed text`;
  const read = readSignedText(names, { text: signedText, agent: key, signature });
  if ('error' in read) return 'the signed text cannot be read';
  const { wire, agent } = read.value;
  const command = readCommand(names, wire);
  if ('error' in command) return 'the signed command cannot be read';
  const meant = { actor: agent.agent, nonce: wire.nonce, command: command.value, proof };
  return isSame(meant, envelope) ? undefined : 'the command is not the one that was signed';
}

/**
 * What a member's wallet must have signed so that a key may trade, or what stands against it having done so.
 *
 * @returns typed data whose digest the proof is to be held against
 */
export function approvalSigned(
  view: Pick<DirectoryView, 'chainId' | 'vault'>,
  command: ApproveAgent,
  proof: Proof,
): AgentTypedData | string {
  const { scope } = command;
  const scheme = nameOf(AgentScheme, command.scheme);
  if (scheme !== 'ed25519' && scheme !== 'p256') return `a wallet approves no ${scheme} key`;
  if (scope === undefined) return 'a wallet approves no key without a scope';
  const request = { ...command, scope, scheme, signature: proof.signature };
  const typedData = agentTypedData(view, request);
  if (JSON.stringify(typedData) !== proof.signedText || !isSame(command, approveAgentCommand(request)))
    return 'the text a wallet signed is not the approval';
  return proof.key === command.member ? typedData : `the approval is not of ${command.member}`;
}

function isSame(one: Envelope | Envelope['command'], other: Envelope | Envelope['command']): boolean {
  const bytesOf = (value: Envelope | Envelope['command']) =>
    encodeEnvelope('command' in value ? value : { actor: 0, nonce: 0, command: value, proof: undefined });
  return Buffer.from(bytesOf(one)).equals(Buffer.from(bytesOf(other)));
}
