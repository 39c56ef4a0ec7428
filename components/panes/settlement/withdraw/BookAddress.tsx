import { newDestinationDraft } from '../../../../lib/firm/outflowDraft.ts';
import { useProposals } from '../../../../lib/hooks/firm.ts';
import { openChange } from '../../../../lib/stores/changeStore.ts';
import { Button } from '../../../ui/Button.tsx';
import { PageLink } from '../../../ui/PageLink.tsx';

/**
 * An address that the firm's book lacks is asked for where it is missed, in the form of the address book itself: this
 * withdrawal stays as it is written meanwhile. What waits already is not asked for twice.
 */
export function BookAddress({ firm, to }: { firm: number; to: string }) {
  const asked = useProposals()?.proposals.find(
    (each) => each.firm === firm && each.action.kind === 'ListDestination' && each.action.to === to,
  );
  if (asked !== undefined)
    return (
      <p>
        Proposal {asked.proposal} asks for it: see <PageLink href="/approvals">Approvals</PageLink>.
      </p>
    );
  return (
    <p>
      <Button onClick={() => openChange(newDestinationDraft(to))}>Add it to the book…</Button>
    </p>
  );
}
