// `npm run dev`: the host from its sources under tsx, the pages by Next with hot reload.
import { ensureInstalled } from './install.mjs';
import { runEntry } from './run.mjs';

await ensureInstalled();
const env = { NODE_ENV: 'development', NEXT_TELEMETRY_DISABLED: '1', BALLAST_BUILD_ID: 'dev' };
process.exitCode = await runEntry('engine/host/main.ts', process.argv.slice(2), env);
