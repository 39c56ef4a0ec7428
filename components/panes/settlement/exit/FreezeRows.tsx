import { UseBar } from '../../../ui/UseBar.tsx';
import type { FreezeWay } from './Exit.state.ts';

/** What can stop the vault, and how near each is. */
export function FreezeRows({ ways }: { ways: readonly FreezeWay[] }) {
  return ways.map((way, place) => (
    <tr key={way.key} data-first={place === 0 || undefined}>
      <th scope="row" title={way.name}>
        {way.name}
      </th>
      <td title={way.words}>{way.words}</td>
      <td>
        {way.share === undefined ? way.side : <UseBar share={way.share} tone={toneOf(way, way.share)} />}
      </td>
    </tr>
  ));
}

function toneOf({ due }: FreezeWay, share: number): 'plain' | 'warn' | 'danger' {
  if (due !== undefined) return 'danger';
  return share > 0.5 ? 'warn' : 'plain';
}
