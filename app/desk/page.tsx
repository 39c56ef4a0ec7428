import type { Metadata } from 'next';
import { DeskLayout } from '../../components/workspace/DeskLayout.tsx';
import { Frame } from '../../components/workspace/Frame.tsx';

export const metadata: Metadata = { title: 'Desk · Ballast' };

export default function DeskPage() {
  return (
    <Frame page="desk">
      <DeskLayout />
    </Frame>
  );
}
