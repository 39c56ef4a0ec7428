import type { Metadata, Viewport } from 'next';
import { connection } from 'next/server';
import type { ReactNode } from 'react';
import { deskFont } from '../components/ui/font/deskFont.ts';
import './globals.css';

export const metadata: Metadata = {
  title: 'Ballast',
  description: 'Cross-margin trading desk with its engine inside.',
};

export const viewport: Viewport = { colorScheme: 'dark', themeColor: '#0b0e11' };

export default async function RootLayout({ children }: { children: ReactNode }) {
  // Every response carries a script nonce of its own, so no page may be rendered ahead of its request.
  await connection();
  return (
    <html lang="en" className={deskFont.variable}>
      <body>{children}</body>
    </html>
  );
}
