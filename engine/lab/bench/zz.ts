import { mkdtempSync } from 'node:fs';
import { measureAck } from './ack.ts';
console.log(JSON.stringify(await measureAck(mkdtempSync('/tmp/d1/ack-'))));
process.exit(0);
