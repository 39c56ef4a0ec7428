import { parentPort } from 'node:worker_threads';
import { isTextSignedBy } from '../api/proofs/textSignature.ts';
import type { TypedData } from '../protocol/typed/typedData.ts';
import { signerOfMessage, signerOfTypedData } from './signatures/verifyWallet.ts';
import { READY, type SignatureAnswer, type SignatureCall } from './threads/messages.ts';

/** The thread that checks signatures. */
const main = parentPort!;

function check({ call }: SignatureCall): SignatureAnswer['value'] | Promise<SignatureAnswer['value']> {
  switch (call.kind) {
    case 'text':
      return isTextSignedBy(call.scheme, call.key, call.signature, Buffer.from(call.text, 'utf8'));
    case 'message':
      return signerOfMessage(call.message, call.signature);
    case 'typedData':
      return signerOfTypedData(JSON.parse(call.typedData) as TypedData, call.signature);
  }
}

main.on('message', (message: SignatureCall) => {
  void Promise.resolve(check(message)).then((value) =>
    main.postMessage({ id: message.id, value } satisfies SignatureAnswer),
  );
});
main.postMessage({ id: READY, value: true } satisfies SignatureAnswer);
