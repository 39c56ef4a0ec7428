import { actionNumbers } from '../../engine/protocol/commands/actionNumbers.ts';
import type { Action } from '../../engine/protocol/commands/actions.ts';
import { actionFields, actionStructs } from '../../engine/protocol/typed/actionHash.ts';
import { clearSigningFile } from '../../engine/protocol/typed/clearSigning.ts';
import { structHash, type TypedField } from '../../engine/protocol/typed/structHash.ts';
import { type ClearSigned, clearSigned } from './clearSigned.ts';
import { type DeviceHashes, deviceHashes, domainTypes, type TypedText } from './deviceHashes.ts';

/** One signed field, as deep as it lies. */
export interface SignedField {
  readonly path: string;
  readonly type: string;
  readonly value: string;
}

export interface TypedDataReading extends DeviceHashes {
  readonly primaryType: string;
  readonly domain: readonly SignedField[];
  readonly fields: readonly SignedField[];
  /** Of the action inside a proposal, by code that shares nothing with the rest; undefined for what has none. */
  readonly actionHash: string | undefined;
  /** As a wallet shows it that reads this desk's ERC-7730 file; undefined where it would not know the type. */
  readonly clear: ClearSigned | undefined;
  /** What a person should look at twice. */
  readonly warnings: readonly string[];
}

/**
 * Typed data field by field, and its hashes, made here from the text alone.
 *
 * @fails with a sentence where the text is no typed data
 */
export function readTypedData(given: unknown): TypedDataReading {
  const data = asTypedData(given);
  const { primaryType, message, domain } = data;
  const { EIP712Domain = domainTypes(domain), ...types } = data.types;
  return {
    primaryType,
    domain: EIP712Domain.map(({ name, type }) => ({ path: name, type, value: plain(domain[name]) })),
    fields: fieldsOf(types, primaryType, message, ''),
    ...deviceHashes(data),
    actionHash: actionHashIn(data),
    clear: clearIn(data),
    warnings: warningsOf(data),
  };
}

/** By descriptors of the very chain and contract that the text names: the page needs no desk for that. */
function clearIn(data: TypedText): ClearSigned | undefined {
  const { chainId, verifyingContract } = data.domain;
  return clearSigned(clearSigningFile({ chainId: Number(chainId), vault: String(verifyingContract) }), data);
}

function asTypedData(given: unknown): TypedText {
  const data = given as Partial<TypedText> | null;
  const isWhole =
    typeof data === 'object' &&
    data !== null &&
    [data.domain, data.types, data.message].every((part) => typeof part === 'object' && part !== null) &&
    typeof data.primaryType === 'string';
  if (!isWhole) throw new Error('Typed data has domain, types, primaryType and message.');
  return data as TypedText;
}

function fieldsOf(
  types: TypedText['types'],
  type: string,
  value: Record<string, unknown>,
  path: string,
): SignedField[] {
  return (types[type] ?? []).flatMap((field) => {
    const at = `${path}${field.name}`;
    const inner = value[field.name];
    if (types[field.type] !== undefined && typeof inner === 'object' && inner !== null)
      return fieldsOf(types, field.type, inner as Record<string, unknown>, `${at}.`);
    const item = field.type.endsWith('[]') ? field.type.slice(0, -2) : '';
    if (types[item] !== undefined && Array.isArray(inner) && inner.length > 0)
      return inner.flatMap((each, place) => fieldsOf(types, item, each, `${at}[${place}].`));
    return { path: at, type: field.type, value: plain(inner) };
  });
}

/** Characters that hide or turn text are shown by their number, or what is read is not what is signed. */
function plain(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? 'not there');
  return text.replace(
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must be seen.
    /[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

function actionHashIn({ primaryType, types, message }: TypedText): string | undefined {
  if (primaryType !== 'Propose') return undefined;
  const kind = types.Propose?.find(({ name }) => name === 'action')?.type ?? '';
  if (!Object.hasOwn(actionNumbers, kind)) return undefined;
  const fields = actionFields[kind as Action['kind']];
  const given = message.action as Record<string, unknown>;
  return structHash(kind, fields, asSignedAll(fields, given), actionStructs);
}

function asSignedAll(fields: readonly TypedField[], given: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(fields.map(({ name, type }) => [name, asSigned(type, given[name])]));
}

/** Wallets get whole numbers as text. */
function asSigned(type: string, value: unknown): unknown {
  if (type === 'int64') return Number(value);
  const inner = actionStructs[type.replace('[]', '')];
  if (inner !== undefined)
    return (value as Record<string, unknown>[]).map((item) => asSignedAll(inner, item));
  return type === 'int64[]' ? (value as unknown[]).map(Number) : value;
}

function warningsOf({ domain, primaryType, types }: TypedText): string[] {
  const warnings: string[] = [];
  if (domain.name !== 'Ballast') warnings.push(`It is for ${plain(domain.name)}, not for a Ballast desk.`);
  if (domain.chainId === undefined)
    warnings.push('It names no chain: the same signature holds on all of them.');
  if (domain.verifyingContract === undefined) warnings.push('It names no contract.');
  if (types[primaryType] === undefined) warnings.push(`It does not say what a ${plain(primaryType)} is.`);
  return warnings;
}
