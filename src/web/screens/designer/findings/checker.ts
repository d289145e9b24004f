/** Client of the check worker. */
import type { Change, CheckContext, CheckReport, LawWords } from '../../../../compliance/index.js';
import type { Asked } from './check-worker.js';

export interface Checker {
  check(xml: string, context: CheckContext): Promise<CheckReport>;
  difference(before: string, after: string, words: LawWords): Promise<readonly Change[]>;
  end(): void;
}

interface Waiting {
  readonly resolve: (value: never) => void;
  readonly reject: (error: Error) => void;
}

export function startChecker(): Checker {
  const worker = new Worker(new URL('./check-worker.ts', import.meta.url), { type: 'module' });
  const waiting = new Map<number, Waiting>();
  let last = 0;
  worker.addEventListener(
    'message',
    ({ data }: MessageEvent<{ id: number; value?: never; error?: string }>) => {
      const asker = waiting.get(data.id);
      waiting.delete(data.id);
      if (data.error === undefined) asker?.resolve(data.value as never);
      else asker?.reject(new Error(data.error));
    },
  );
  const ask = <Value>(
    question:
      Omit<Extract<Asked, { ask: 'check' }>, 'id'> | Omit<Extract<Asked, { ask: 'difference' }>, 'id'>,
  ) =>
    new Promise<Value>((resolve, reject) => {
      const id = ++last;
      waiting.set(id, { resolve: resolve, reject });
      worker.postMessage({ ...question, id });
    });
  return {
    check: (xml, context) => ask({ ask: 'check', xml, context }),
    difference: (before, after, words) => ask({ ask: 'difference', before, after, words }),
    end: () => worker.terminate(),
  };
}
