import { AuditLog } from '../../audit/auditLog.ts';
import { sha256 } from '../../audit/chain.ts';
import { exportLines, type MaySee } from '../../audit/lines.ts';
import type { AuditEntry } from '../../protocol/views/audit.ts';
import { canonicalJson } from '../../units/canonicalJson.ts';

const START_MS = Date.UTC(2026, 10, 21);

/** Opens a log whose failure fails the test. */
export async function openLog(dir: string, covered: (seq: number) => void = () => {}): Promise<AuditLog> {
  const failed = (error: unknown) => {
    throw error;
  };
  return (await AuditLog.open(dir, { covered, failed })).log;
}

/** Something a person did, different with every number. */
export function sampleEntry(engineSeq: number, of: Partial<AuditEntry> = {}): AuditEntry {
  const params = {
    account: 8 + (engineSeq % 3),
    amount: engineSeq * 1_000,
    asset: 'USDC',
    note: `Nº ${engineSeq}`,
  };
  return {
    engineSeq,
    time: new Date(START_MS + engineSeq * 250).toISOString(),
    firm: 1 + (engineSeq % 2),
    actor: { address: `0x${'a1'.repeat(20)}`, role: 'portfolioManager', session: '', ipHash: '' },
    action: 'Propose.Transfer',
    proposal: 0,
    params,
    paramsHash: sha256(canonicalJson(params)),
    policyHash: `0x${'b2'.repeat(32)}`,
    rule: ['TRANSFER_SMALL'],
    approvals: [],
    result: engineSeq % 7 === 0 ? 'policy.denied' : 'applied',
    changes: [{ what: 'account 8 USDC', before: '1', after: '2' }],
    ...of,
  };
}

/** An export as one text. */
export async function exportText(
  log: AuditLog,
  first: number,
  last: number,
  maySee: MaySee = () => true,
): Promise<string> {
  let text = '';
  for await (const piece of exportLines(log, { first, last, day: '20261121' }, maySee)) text += piece;
  return text;
}
