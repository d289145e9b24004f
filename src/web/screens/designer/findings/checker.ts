/** Client of the check worker. */
import type {
  Change,
  CheckContext,
  CheckReport,
  Choices,
  LawWords,
  Merged,
  OfferedVariable,
  Sides,
  TableReport,
} from '../../../../design/compliance/index.js';
import { law } from '../../../law/page-law.js';
import type { Asked } from './check-worker.js';

export interface Checker {
  check(xml: string, context: CheckContext): Promise<CheckReport>;
  examine(xml: string, context: CheckContext): Promise<TableReport>;
  difference(before: string, after: string, words: LawWords): Promise<readonly Change[]>;
  variables(xml: string, context: CheckContext): Promise<readonly OfferedVariable[]>;
  merge(sides: Sides, choices: Choices, words: LawWords): Promise<Merged>;
  end(): void;
}

interface Waiting {
  readonly resolve: (value: never) => void;
  readonly reject: (error: Error) => void;
}

export function startChecker(): Checker {
  const worker = new Worker(new URL('./check-worker.ts', import.meta.url), { type: 'module' });
  worker.postMessage({ ask: 'law', law: law() } satisfies Asked);
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
      | Omit<Extract<Asked, { xml: string }>, 'id'>
      | Omit<Extract<Asked, { ask: 'difference' }>, 'id'>
      | Omit<Extract<Asked, { ask: 'merge' }>, 'id'>,
  ) =>
    new Promise<Value>((resolve, reject) => {
      const id = ++last;
      waiting.set(id, { resolve: resolve, reject });
      worker.postMessage({ ...question, id });
    });
  return {
    check: (xml, context) => ask({ ask: 'check', xml, context }),
    examine: (xml, context) => ask({ ask: 'examine', xml, context }),
    variables: (xml, context) => ask({ ask: 'variables', xml, context }),
    difference: (before, after, words) => ask({ ask: 'difference', before, after, words }),
    merge: (sides, choices, words) => ask({ ask: 'merge', ...sides, choices, words }),
    end: () => worker.terminate(),
  };
}
