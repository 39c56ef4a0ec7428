// `npm run cosigner -- SETTINGS.json`: agrees and objects at a desk with a custodian's wallet, by the custodian's rules;
// docs/custody.md has the file. It may be ended at any moment and started again.
import { runCosigner } from './cosigner/runCosigner.ts';

const [file] = process.argv.slice(2);
if (file === undefined) {
  console.error('Say which settings: npm run cosigner -- custody/settings.json');
  process.exit(2);
}
await runCosigner(file);
