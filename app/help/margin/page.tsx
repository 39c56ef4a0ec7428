import type { Metadata } from 'next';
import { MarginHelp } from '../../../components/help/MarginHelp.tsx';
import { Frame } from '../../../components/workspace/Frame.tsx';

export const metadata: Metadata = { title: 'Margin, explained · Ballast' };

export default function MarginHelpPage() {
  return (
    <Frame page="help">
      <MarginHelp />
    </Frame>
  );
}
