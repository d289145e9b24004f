/**
 * A draft tried in a thread of its own: all scenarios and the past cases take minutes of a core, and the program has
 * others to answer meanwhile.
 */
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { CalendarSource } from '../calendar/index.js';
import type { RuntimeName } from '../engine/index.js';
import { Refusal } from '../kernel/index.js';
import type { Decision } from '../policy/index.js';
import type { PastCase } from './relive.js';
import type { ReplayReport } from './replay-report.js';
import type { ScenarioReport } from './scenario-report.js';

/** Plain data throughout: it crosses to another thread. */
export interface TrialOrder {
  /** BPMN XML of what is in force. */
  readonly inForce: readonly string[];
  /** BPMN XML; must be deployable. */
  readonly draft: string;
  /** On what the draft would run. */
  readonly runtime: RuntimeName;
  readonly calendar: readonly CalendarSource[];
  /** Approved policies. */
  readonly decisions: readonly Decision[];
  readonly cases: readonly PastCase[];
}

export interface Trial {
  readonly scenarios: ScenarioReport;
  readonly replay: ReplayReport;
}

export interface TrialProgress {
  readonly what: 'scenarios' | 'replay';
  readonly done: number;
  readonly of: number;
}

/** What the thread says: how far it is, what came of it, or why it cannot be done. */
export type Told = TrialProgress | Trial | { readonly refused: Pick<Refusal, 'code' | 'message' | 'remedy'> };

/**
 * @throws {Refusal} what the thread was refused, `definition.not-bpmn` for example
 * @throws {Error} whatever else it met with, or that `signal` aborted
 */
export async function trialApart(
  order: TrialOrder,
  onProgress: (progress: TrialProgress) => void,
  signal: AbortSignal,
): Promise<Trial> {
  signal.throwIfAborted();
  const worker = new Worker(fileURLToPath(import.meta.resolve('#src/rehearsal/trial-worker.js')), {
    workerData: order,
  });
  const stop = (): void => void worker.terminate();
  signal.addEventListener('abort', stop, { once: true });
  try {
    return await new Promise<Trial>((resolve, reject) => {
      worker.on('message', (told: Told) => {
        if ('what' in told) return onProgress(told);
        if (!('refused' in told)) return resolve(told);
        const { code, message, remedy } = told.refused;
        reject(new Refusal(code, message, remedy === undefined ? {} : { remedy }));
      });
      worker.on('error', reject);
      worker.on('exit', () => reject(new Error('程序停止,试跑没有做完')));
    });
  } finally {
    signal.removeEventListener('abort', stop);
    await worker.terminate();
  }
}
