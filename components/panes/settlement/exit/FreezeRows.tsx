import { UseBar } from '../../../ui/UseBar.tsx';
import type { FreezeWay } from './Exit.state.ts';

export interface FreezeRowsProps {
  ways: readonly FreezeWay[];
  forcedGrace: string;
  maxPause: string;
}

/** What can stop the vault for good, and how near each is. */
export function FreezeRows({ ways, forcedGrace, maxPause }: FreezeRowsProps) {
  const [silence, pause] = ways;
  return (
    <>
      <tr data-first>
        <th scope="row">{silence?.name}</th>
        <td>{silence?.words}</td>
        <td>
          {silence?.share !== undefined && (
            <UseBar
              share={silence.share}
              tone={silence.isDue ? 'danger' : silence.share > 0.5 ? 'warn' : 'plain'}
            />
          )}
        </td>
      </tr>
      <tr>
        <th scope="row">Freeze if a forced request is unserved</th>
        <td>after {forcedGrace}</td>
        <td>anyone may</td>
      </tr>
      <tr>
        <th scope="row">Freeze if two roots for one epoch</th>
        <td>proved by both signed roots</td>
        <td>anyone may</td>
      </tr>
      <tr>
        <th scope="row">{pause?.name}</th>
        <td>{pause?.words}</td>
        <td>max {maxPause}</td>
      </tr>
    </>
  );
}
