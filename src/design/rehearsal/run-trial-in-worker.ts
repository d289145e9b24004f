/** Runs a draft's trial in a worker thread: all scenarios and past cases take minutes of CPU. */
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { CalendarSource } from '../../calendar/index.js';
import { Refusal } from '../../kernel/index.js';
import type { Law } from '../../kernel/law.js';
import type { Decision } from '../../law/policy/index.js';
import type { Behaviour, Coverage, SecondOpinion } from '../compliance/index.js';
import type { PastCase } from './replay-past-case.js';
import type { ReplayReport } from './replay-report.js';
import type { comparedScenarios } from './scenario-report.js';

/** Plain data only, because it is sent to the worker. */
export interface TrialOrder {
  readonly inForce: readonly string[];
  /** BPMN XML that can be deployed. */
  readonly draft: string;
  readonly law: Law;
  /** Folder of the package of that law. */
  readonly root: string;
  readonly calendar: readonly CalendarSource[];
  /** Approved policies. */
  readonly decisions: readonly Decision[];
  readonly cases: readonly PastCase[];
  /** Time for the second opinion, in milliseconds. */
  readonly mostOnBothEngines: number;
  /** Walks by chance in the comparison with the version in force. */
  readonly mostWalks: number;
}

export interface Trial {
  readonly scenarios: Awaited<ReturnType<typeof comparedScenarios>> & {
    readonly coverage: Coverage;
    readonly engines: SecondOpinion;
    readonly behaviour: Behaviour;
  };
  readonly replay: ReplayReport;
}

export interface TrialProgress {
  readonly what: 'scenarios' | 'behaviour' | 'engines' | 'replay';
  readonly done: number;
  readonly of: number;
}

export type WorkerMessage =
  TrialProgress | Trial | { readonly refused: Pick<Refusal, 'code' | 'message' | 'remedy'> };

/**
 * @throws {Refusal} the worker's refusal, `definition.not-bpmn` for example
 * @throws {Error} other failures, and when `signal` aborts
 */
export async function runTrialInWorker(
  order: TrialOrder,
  onProgress: (progress: TrialProgress) => void,
  signal: AbortSignal,
): Promise<Trial> {
  signal.throwIfAborted();
  const worker = new Worker(fileURLToPath(import.meta.resolve('#src/design/rehearsal/trial-worker.js')), {
    workerData: order,
  });
  const stop = (): void => void worker.terminate();
  signal.addEventListener('abort', stop, { once: true });
  try {
    return await new Promise<Trial>((resolve, reject) => {
      worker.on('message', (message: WorkerMessage) => {
        if ('what' in message) return onProgress(message);
        if (!('refused' in message)) return resolve(message);
        const { code, message: detail, remedy } = message.refused;
        reject(new Refusal(code, detail, remedy === undefined ? {} : { remedy }));
      });
      worker.on('error', reject);
      worker.on('exit', () => reject(new Error('程序停止，试跑没有做完')));
    });
  } finally {
    signal.removeEventListener('abort', stop);
    await worker.terminate();
  }
}
