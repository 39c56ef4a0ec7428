import type { Metadata } from 'next';
import { SettlementHelp } from '../../../components/help/SettlementHelp.tsx';
import { Frame } from '../../../components/workspace/Frame.tsx';

export const metadata: Metadata = { title: 'Settlement, explained · Ballast' };

export default function SettlementHelpPage() {
  return (
    <Frame page="help">
      <SettlementHelp />
    </Frame>
  );
}
