import type { FirmView } from '../../../engine/protocol/views/firm.ts';
import { PageLink } from '../../ui/PageLink.tsx';
import { Cell, Row, Table, WordHeads } from '../../ui/Table.tsx';
import styles from './Custody.module.css';
import { apartOf, openSubaccounts, placeAbove } from './Custody.state.ts';

/** Segregated subaccounts: what is in one stays in it, or leaves by a withdrawal. */
export function Apart({ firm }: { firm: FirmView }) {
  const apart = apartOf(firm);
  return (
    <>
      {apart.length > 0 && (
        <Table
          label="Subaccounts kept apart"
          className={styles.apart}
          head={<WordHeads names={['subaccount', 'number', 'below', 'state']} />}
        >
          {apart.map((node) => (
            <Row key={node.node}>
              <Cell align="left" isStrong>
                {node.label}
              </Cell>
              <Cell align="left">{node.account}</Cell>
              <Cell align="left">{placeAbove(firm, node)}</Cell>
              <Cell align="left">{node.state}</Cell>
            </Row>
          ))}
        </Table>
      )}
      <p className={styles.note}>
        {apart.length} of {openSubaccounts(firm).length} subaccounts are segregated: nothing moves between
        such a one and another, only in from the vault and out to it. It is set at a subaccount’s line on the{' '}
        <PageLink href="/desk">desk</PageLink>.
      </p>
    </>
  );
}
