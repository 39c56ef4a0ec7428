import { useState } from 'react';
import { Badge } from '../ui/Badge.tsx';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { Field } from '../ui/Field.tsx';
import { Keycap } from '../ui/Keycap.tsx';
import { Num } from '../ui/Num.tsx';
import { Pane } from '../ui/Pane.tsx';
import { Popover } from '../ui/Popover.tsx';
import { Segmented } from '../ui/Segmented.tsx';
import { Select } from '../ui/Select.tsx';
import { Skeleton } from '../ui/Skeleton.tsx';
import { Cell, HeadCell, Row, Table } from '../ui/Table.tsx';
import { Toggle } from '../ui/Toggle.tsx';
import { Tooltip } from '../ui/Tooltip.tsx';
import styles from './Gallery.module.css';

const sides = [
  { value: 'one', label: '▲ One', tone: 'up' },
  { value: 'other', label: '▼ Other', tone: 'down' },
] as const;

/** Every building block in each of its faces. */
export function Parts() {
  const [side, setSide] = useState<'one' | 'other'>('one');
  const [isOn, setOn] = useState(true);
  const [isOpen, setOpen] = useState(false);
  return (
    <Pane title="Building blocks" className={styles.parts}>
      <div className={styles.grid}>
        <div>
          <Button>Plain</Button> <Button tone="quiet">Quiet</Button> <Button tone="up">Up</Button>{' '}
          <Button tone="down">Down</Button> <Button tone="danger">Danger</Button>{' '}
          <Button size="row">row</Button> <Button isBlocked>Blocked: book 7.4 s old</Button>{' '}
          <Button isPending>Sent</Button>
        </div>
        <div>
          <Button tone="up" size="large">
            Review <Keycap keys={['Ctrl', 'Enter']} />
          </Button>{' '}
          <Button tone="up" size="large" isFilled>
            Buy
          </Button>{' '}
          <Button tone="down" size="large" isFilled>
            Sell
          </Button>
        </div>
        <Segmented label="Side" value={side} options={sides} onPick={setSide} />
        <Field label="Quantity" unit="BTC" hint="2.52m USDC" defaultValue="40" />
        <Field
          label="Limit"
          unit="USDC"
          hint="ask + 3"
          defaultValue="63,104.05"
          error="Not on a tick: 63,104.0 or 63,104.1."
        />
        <div>
          <Select
            label="time in force"
            value="a"
            options={[{ value: 'a', label: 'GTC' }]}
            onPick={() => undefined}
          />{' '}
          <Toggle isOn={isOn} onToggle={setOn}>
            post
          </Toggle>{' '}
          <Tooltip words="A sentence that describes the button.">
            <Button>Tooltip</Button>
          </Tooltip>{' '}
          <Popover name="A few controls" label="Popover">
            Inside.
          </Popover>{' '}
          <Button onClick={() => setOpen(true)}>Dialog</Button>
        </div>
        <div>
          <Num text="63,101.50" significant={1} /> <Num text="+2,028.40" isSigned />{' '}
          <Num text="−7.50%" isSigned /> <Num text="63,101.5" face="stale" ageMs={7_400} />{' '}
          <Num text={undefined} /> <Num text="63,101.5" face="wrong" />
        </div>
        <div>
          <Badge>SANDBOX</Badge> <Badge tone="strong">TRADER 1</Badge> <Badge tone="warn">late</Badge>{' '}
          <Badge tone="danger">halted</Badge>{' '}
          <Badge tone="warn" isFilled>
            ARMED 0:52
          </Badge>
        </div>
        <Table
          label="Rows"
          head={['name', 'size', 'value'].map((name, index) => (
            <HeadCell key={name} align={index === 0 ? 'left' : 'right'}>
              {name}
            </HeadCell>
          ))}
        >
          <Row>
            <Cell align="left" isStrong>
              plain
            </Cell>
            <Cell>12.4</Cell>
            <Cell>
              <Num text="1,200.50" />
            </Cell>
          </Row>
          <Row kind="pending">
            <Cell align="left">pending</Cell>
            <Cell>
              <Skeleton />
            </Cell>
            <Cell>
              <Skeleton ch={9} />
            </Cell>
          </Row>
          <Row kind="marked">
            <Cell align="left">marked</Cell>
            <Cell>3</Cell>
            <Cell>4</Cell>
          </Row>
          <Row kind="total">
            <Cell align="left">total</Cell>
            <Cell>15.4</Cell>
            <Cell>1,204.50</Cell>
          </Row>
        </Table>
        <EmptyState title="No open orders">Pick a price on the ladder to write one.</EmptyState>
      </div>
      <Dialog
        title="Cancel all orders"
        isOpen={isOpen}
        onClose={() => setOpen(false)}
        actions={<Button onClick={() => setOpen(false)}>Keep them</Button>}
      >
        Five orders would be cancelled.
      </Dialog>
    </Pane>
  );
}
