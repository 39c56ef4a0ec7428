// `npm start`: from a fresh clone to an open desk. Installs and builds what is missing or stale, then becomes the host.
//
// The host is imported, not spawned: one process gets the signals, gives the exit code, and leaves no orphan behind.
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { ensureBuilt } from './build.mjs';
import { INLINING } from './inlining.mjs';
import { ensureInstalled } from './install.mjs';
import { root, say } from './steps.mjs';

process.chdir(root);
await ensureInstalled();
process.env.NODE_ENV = 'production';
process.env.NEXT_TELEMETRY_DISABLED = '1';
process.env.BALLAST_BUILD_ID = await ensureBuilt();
process.setSourceMapsEnabled(true);
setFlagsFromString(INLINING);
say('starting the desk');
await import(pathToFileURL(path.join(root, 'dist/host/main.mjs')).href);
