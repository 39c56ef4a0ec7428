import type { Action } from '../../protocol/commands/actions.ts';
import { acknowledgeMarginCall } from '../calls/acknowledgeMarginCall.ts';
import { setMarginCalls } from '../calls/setMarginCalls.ts';
import type { Engine } from '../engine.ts';
import { admitMember, changeMember } from '../firms/admitMember.ts';
import { approveKey } from '../firms/approveKey.ts';
import { archiveNode } from '../firms/archiveNode.ts';
import { changeKey } from '../firms/changeKey.ts';
import { linkWallet, removeMember, revokeKey, unlinkWallet } from '../firms/endMember.ts';
import { moveNode } from '../firms/moveNode.ts';
import { openNode } from '../firms/openNode.ts';
import { renameNode } from '../firms/renameNode.ts';
import { setNodeState } from '../firms/setNodeState.ts';
import { tagNode } from '../firms/tagNode.ts';
import { setLimits } from '../limits/setLimits.ts';
import { changeSet } from '../moves/changeSet.ts';
import { netPositions } from '../moves/netPositions.ts';
import { portPosition } from '../moves/portPosition.ts';
import { setNettingWindow } from '../moves/setNettingWindow.ts';
import { setSegregation } from '../moves/setSegregation.ts';
import { transfer } from '../moves/transfer.ts';
import { transferMany } from '../moves/transferMany.ts';
import { flatten, unwind } from '../moves/unwind.ts';
import { placeOverLimit } from '../orders/placeOverLimit.ts';
import { setPolicy } from '../policy/setPolicy.ts';
import { listDestination, setWithdrawalLimits, unlistDestination } from '../settlement/destinations.ts';
import { withdraw } from '../settlement/withdraw.ts';

/**
 * Does what was asked for, once nobody's agreement is missing any more. Everything the action needs is judged here,
 * because what was true when it was proposed need not be true now.
 *
 * @returns OK, or the refusal: then nothing has changed
 */
export function performAction(engine: Engine, firm: number, action: Action): number {
  switch (action.kind) {
    case 'OpenNode':
      return openNode(engine, firm, action);
    case 'RenameNode':
      return renameNode(engine, firm, action);
    case 'Transfer':
      return transfer(engine, firm, action);
    case 'TransferMany':
      return transferMany(engine, firm, action);
    case 'PortPosition':
      return portPosition(engine, firm, action);
    case 'ChangeSet':
      return changeSet(engine, firm, action);
    case 'MoveNode':
      return moveNode(engine, firm, action);
    case 'TagNode':
      return tagNode(engine, firm, action);
    case 'ArchiveNode':
      return archiveNode(engine, firm, action);
    case 'SetNodeState':
      return setNodeState(engine, firm, action);
    case 'NetPositions':
      return netPositions(engine, firm, action);
    case 'SetNettingWindow':
      return setNettingWindow(engine, firm, action);
    case 'Unwind':
      return unwind(engine, firm, action);
    case 'Flatten':
      return flatten(engine, firm, action);
    case 'PlaceOverLimit':
      return placeOverLimit(engine, firm, action);
    case 'AdmitMember':
      return admitMember(engine, firm, action);
    case 'ChangeMember':
      return changeMember(engine, firm, action);
    case 'RemoveMember':
      return removeMember(engine, firm, action);
    case 'LinkWallet':
      return linkWallet(engine, firm, action);
    case 'UnlinkWallet':
      return unlinkWallet(engine, firm, action);
    case 'ApproveKey':
      return approveKey(engine, firm, action);
    case 'RevokeKey':
      return revokeKey(engine, firm, action);
    case 'ChangeKey':
      return changeKey(engine, firm, action);
    case 'Withdraw':
      return withdraw(engine, firm, action);
    case 'ListDestination':
      return listDestination(engine, firm, action);
    case 'UnlistDestination':
      return unlistDestination(engine, firm, action);
    case 'SetWithdrawalLimits':
      return setWithdrawalLimits(engine, firm, action);
    case 'SetSegregation':
      return setSegregation(engine, firm, action);
    case 'SetPolicy':
      return setPolicy(engine, firm, action);
    case 'SetLimits':
      return setLimits(engine, firm, action);
    case 'SetMarginCalls':
      return setMarginCalls(engine, firm, action);
    case 'AcknowledgeMarginCall':
      return acknowledgeMarginCall(engine, firm, action);
  }
}
