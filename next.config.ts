import type { NextConfig } from 'next';

/**
 * Pages and assets only: the engine's paths are answered by our own server before Next sees them, and that
 * server also sets the security headers.
 */
const config: NextConfig = {
  reactStrictMode: true,
  poweredByHeader: false,
  images: { unoptimized: true },
  // Twelve digits of the hash of the sources, so that a page and the desk can tell that they belong together.
  generateBuildId: () => process.env.BALLAST_BUILD_ID ?? 'dev',
  // `npm test` checks the types of the whole project; doing it again in each build would only delay `npm start`.
  // Next rewrites the tsconfig it is given, so it gets one of its own.
  typescript: { ignoreBuildErrors: true, tsconfigPath: 'tsconfig.next.json' },
  // Without a root Next looks for lock files in the folders above and may take a stranger's for ours.
  turbopack: { root: import.meta.dirname },
  // Next writes no files of its own into the project and asks nobody about upgrades.
  agentRules: false,
  experimental: { agentUpgrade: false },
};

export default config;
