// `npm run takeBack -- ID…`: the operator's word that credits of deposits which the chain has lost are taken back. The desk
// does it at its next look, if it is these that are lost; otherwise nothing happens.
import path from 'node:path';
import { TakeBackOrder } from '../host/settlement/takeBackOrder.ts';

const ids = process.argv.slice(2).map(Number);
if (ids.length === 0 || ids.some((id) => !Number.isSafeInteger(id) || id < 0)) {
  console.error('Say which deposits, as the desk names them: npm run takeBack -- 17 18');
  process.exit(2);
}
const dir = path.resolve(process.env.BALLAST_DATA ?? '.ballast', 'settlement');
await new TakeBackOrder(dir).write(ids);
console.log(
  `Ordered in ${dir}: credits of deposits ${ids.join(', ')} are taken back if the chain has lost them.`,
);
