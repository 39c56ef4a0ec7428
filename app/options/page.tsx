import type { Metadata } from 'next';
import { Frame } from '../../components/workspace/Frame.tsx';
import { OptionsLayout } from '../../components/workspace/OptionsLayout.tsx';

export const metadata: Metadata = { title: 'Options · Ballast' };

export default function OptionsPage() {
  return (
    <Frame page="options">
      <OptionsLayout />
    </Frame>
  );
}
