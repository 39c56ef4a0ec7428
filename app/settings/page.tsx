import type { Metadata } from 'next';
import { Settings } from '../../components/settings/Settings.tsx';
import { Frame } from '../../components/workspace/Frame.tsx';

export const metadata: Metadata = { title: 'Settings · Ballast' };

export default function SettingsPage() {
  return (
    <Frame page="settings">
      <Settings />
    </Frame>
  );
}
