// A co-signer that stands still at a step and says so: its test ends it there. `heldCosigner.ts SETTINGS STEP`
import { runCosigner } from './runCosigner.ts';

const [file, at] = process.argv.slice(2);
await runCosigner(file!, async (step) => {
  if (step !== at) return;
  process.send?.({ reached: step });
  await new Promise(() => process.channel?.ref());
});
