import type { Action } from '../../engine/protocol/commands/actions.ts';
import { actionFields, actionHash } from '../../engine/protocol/typed/actionHash.ts';
import { actionValues } from '../../engine/protocol/typed/firmTypedData.ts';
import type { TypedData } from '../../engine/protocol/typed/typedData.ts';
import type { FirmView } from '../../engine/protocol/views/firm.ts';
import type { AssetView, MarketView } from '../../engine/protocol/views/market.ts';
import { readableDecimal } from '../../engine/units/decimal.ts';
import { formatCount, formatDateTime } from '../format.ts';
import type { SeenProposal } from './decide.ts';
import { destinationWords } from './destinationWords.ts';
import { actionName, roleName } from './words.ts';

/** A field as it is signed, what it means, and whether this page found it to be so itself. */
export interface TypedRow {
  name: string;
  value: string;
  meaning: string;
  /** `same`: held against what this page knows; `other`: it is not what it should be; `said`: only the desk says so. */
  check: 'same' | 'other' | 'said';
  /** Of the action inside. */
  isInner?: boolean;
  /** Of this part of a change set, from 1. */
  part?: number;
}

/** What this page knows by itself of what it shows. */
export interface Known {
  firm: FirmView;
  markets: readonly MarketView[];
  assets: readonly AssetView[];
  /** Of who signs. */
  address: string;
}

const held = (isSame: boolean) => (isSame ? 'same' : 'other') as TypedRow['check'];

/** An approval, field by field in the order it is signed, the action's own fields below its hash. */
export function typedRows(typedData: TypedData, { proposal, seq }: SeenProposal, known: Known): TypedRow[] {
  const { message, domain } = typedData;
  const text = (name: string) => String(message[name]);
  const { firm, address } = known;
  const self = firm.members.find(({ member }) => member === firm.member);
  const isPolicyCurrent = text('policyHash') === firm.policy.hash;
  const row = (name: string, meaning: string, check: TypedRow['check']): TypedRow => {
    return { name, value: text(name), meaning, check };
  };
  return [
    row(
      'requestId',
      `proposal #${proposal.proposal}`,
      held(BigInt(text('requestId')) === BigInt(proposal.proposal)),
    ),
    row('action', 'type of the fields below', held(text('action') === proposal.action.kind)),
    row(
      'actionHash',
      `hash of ${hashedWords(proposal.action)} below`,
      held(text('actionHash') === actionHash(proposal.action)),
    ),
    ...innerRows(proposal.action, known),
    row('summary', 'the desk’s sentence for these fields', 'said'),
    row(
      'policyHash',
      isPolicyCurrent ? `policy v${firm.policy.version}, in force` : 'not the policy in force',
      held(isPolicyCurrent),
    ),
    row('approver', `you, ${self?.label ?? '?'}`, held(text('approver') === address.toLowerCase())),
    row('decision', 'cannot be used as anything else', 'same'),
    { ...row('reason', 'for who asked, and for the log', 'same'), value: text('reason') || '(none)' },
    row('minSeq', 'shown to you at this sequence', held(text('minSeq') === String(seq))),
    row('deadline', formatDateTime(Number(text('deadline'))), 'same'),
    row('nonce', 'once, for this signature', 'same'),
    { name: 'chain', value: String(domain.chainId), meaning: 'of this desk', check: 'same' },
    { name: 'contract', value: domain.verifyingContract, meaning: 'vault, in the domain', check: 'same' },
  ];
}

function hashedWords(action: Action): string {
  if (action.kind === 'ChangeSet') return `the ${action.parts.length} parts`;
  const { length } = actionFields[action.kind];
  return length === 1 ? 'the field' : `the ${length} fields`;
}

function innerRows(action: Action, known: Known): TypedRow[] {
  if (action.kind !== 'ChangeSet') return fieldRows(action, known);
  return action.parts.flatMap((each, at) => {
    const part = at + 1;
    const meaning = `${part} of ${action.parts.length}: ${actionName(each.kind)}`;
    const head: TypedRow = { name: 'part', value: String(part), meaning, check: 'same', isInner: true };
    return [head, ...fieldRows(each, known)].map((row) => ({ ...row, part }));
  });
}

/** The fields of one action under their own names: those of a part are those it would have alone. */
function fieldRows(action: Action, known: Known): TypedRow[] {
  const values = actionValues(action);
  return actionFields[action.kind].map(({ name }): TypedRow => {
    const value = values[name];
    const shown = typeof value === 'string' ? value : Array.isArray(value) ? value.join(', ') : String(value);
    const meaning = meaningOf(action, name, shown, known);
    return { name, value: shown === '' ? '(none)' : shown, meaning, check: 'same', isInner: true };
  });
}

/** What a number of the action stands for. */
function meaningOf(action: Action, name: string, value: string, known: Known): string {
  const { firm, markets, assets } = known;
  const number = Number(value);
  const nodeLabel = (node: FirmView['nodes'][number] | undefined) => node?.label ?? 'of another firm';
  switch (name) {
    case 'node':
    case 'parent':
      return nodeLabel(firm.nodes.find(({ node }) => node === number));
    case 'to':
      if (value.startsWith('0x')) return destinationWords(firm, value, 0)?.name ?? 'not in the firm’s book';
      return nodeLabel(firm.nodes.find(({ account }) => account === number));
    case 'from':
    case 'account':
      return nodeLabel(firm.nodes.find(({ account }) => account === number));
    case 'member':
      return firm.members.find(({ member }) => member === number)?.label ?? '?';
    case 'role':
      return roleName(number);
    case 'instrument':
      return markets.find(({ instrument }) => instrument === number)?.name ?? '?';
    case 'amount': {
      const asset = 'asset' in action ? assets.find((each) => each.name === action.asset) : undefined;
      return asset === undefined ? '' : `${readableDecimal(number, asset.decimals)} ${asset.name}`;
    }
    case 'lots':
    case 'sizeLots': {
      const market =
        'instrument' in action
          ? markets.find(({ instrument }) => instrument === action.instrument)
          : undefined;
      return market === undefined ? '' : `${number / market.lotsPerUnit} ${market.underlying}`;
    }
    case 'priceTicks': {
      const market =
        'instrument' in action
          ? markets.find(({ instrument }) => instrument === action.instrument)
          : undefined;
      if (number === 0) return 'the mark of the moment';
      return market === undefined ? '' : `${formatCount(number / market.ticksPerUsd)} USD`;
    }
    case 'distancePpm':
      return number === 0
        ? 'as far as each market’s band'
        : `${readableDecimal(number, 4)} % from the mark at most`;
    default:
      return '';
  }
}
