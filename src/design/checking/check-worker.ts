/** Worker thread of `check-thread.ts`; it handles one order after the other. */
import { parentPort } from 'node:worker_threads';
import { checkSource, compareSources } from '../compliance/index.js';
import { Refusal } from '../../kernel/index.js';
import type { Asked, Told } from './check-thread.js';

parentPort?.on('message', ({ id, order }: Asked) => {
  const work: Promise<unknown> =
    'source' in order
      ? checkSource(order.source, order.context)
      : compareSources(order.before, order.after, order.words, order.law);
  const tell = (told: Told): void => parentPort?.postMessage(told);
  work.then(
    (done) => tell({ id, done }),
    (error: unknown) =>
      error instanceof Refusal
        ? tell({
            id,
            refused: { code: error.code, message: error.message, where: error.where, remedy: error.remedy },
          })
        : tell({ id, failed: String(error) }),
  );
});
