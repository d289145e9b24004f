/**
 * Runs checks and comparisons of large diagrams in a worker thread, because they take seconds
 * during which the main thread could answer nobody. The thread stays alive, because the next check
 * needs the same parsed versions in force.
 */
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import {
  checkSource,
  compareSources,
  type CheckContext,
  type CheckReport,
  type LawWords,
} from '../compliance/index.js';
import { Refusal, type RefusalCode } from '../../kernel/index.js';
import type { Law } from '../../kernel/law.js';

type Order =
  | { readonly source: string; readonly context: CheckContext }
  | { readonly before: string; readonly after: string; readonly words: LawWords; readonly law: Law };

export interface Asked {
  readonly id: number;
  readonly order: Order;
}

export interface Told {
  readonly id: number;
  readonly done?: unknown;
  readonly refused?: Pick<Refusal, 'message' | 'where' | 'remedy'> & { readonly code: RefusalCode };
  readonly failed?: string;
}

interface Waiting {
  readonly resolve: (done: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** Characters of XML. The largest shipped diagram has 150,000 and takes half a second to check. */
const large = 50_000;

let thread: { readonly worker: Worker; readonly waiting: Map<number, Waiting> } | undefined;
let asked = 0;

export const checkApart = (source: string, context: CheckContext): Promise<CheckReport> =>
  source.length < large ? checkSource(source, context) : (ask({ source, context }) as Promise<CheckReport>);

export const compareApart = (
  before: string,
  after: string,
  words: LawWords,
  law: Law,
): ReturnType<typeof compareSources> =>
  before.length + after.length < large
    ? compareSources(before, after, words, law)
    : (ask({ before, after, words, law }) as ReturnType<typeof compareSources>);

function ask(order: Order): Promise<unknown> {
  const { worker, waiting } = (thread ??= begin());
  const id = (asked += 1);
  return new Promise<unknown>((resolve, reject) => {
    waiting.set(id, { resolve, reject });
    // Keeps the process alive only while somebody waits.
    worker.ref();
    worker.postMessage({ id, order } satisfies Asked);
  }).finally(() => {
    waiting.delete(id);
    if (waiting.size === 0) worker.unref();
  });
}

function begin() {
  const worker = new Worker(fileURLToPath(import.meta.resolve('#src/design/checking/check-worker.js')));
  const waiting = new Map<number, Waiting>();
  worker.on('message', ({ id, done, refused, failed }: Told) => {
    const one = waiting.get(id);
    if (refused) {
      const { code, message, where, remedy } = refused;
      one?.reject(new Refusal(code, message, { ...(where ? { where } : {}), ...(remedy ? { remedy } : {}) }));
    } else if (failed !== undefined) one?.reject(new Error(failed));
    else one?.resolve(done);
  });
  const end = (error: Error): void => {
    thread = undefined;
    waiting.forEach(({ reject }) => reject(error));
  };
  worker.on('error', end);
  worker.on('exit', (code) => end(new Error(`the thread of the checks ended with ${code}`)));
  return { worker, waiting };
}
