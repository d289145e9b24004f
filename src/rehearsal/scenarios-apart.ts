/**
 * All scenarios in a thread of their own: on the second runtime they take minutes of a core, and the program has
 * others to answer meanwhile.
 */
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { RuntimeName } from '../engine/index.js';
import type { ScenarioReport } from './scenario-report.js';

/** @param sources BPMN XML of every process that takes part: the draft among those in force. Must be deployable. */
export async function scenariosApart(
  sources: readonly string[],
  runtimes: readonly RuntimeName[] = ['token', 'bpmn-engine'],
): Promise<ScenarioReport> {
  const worker = new Worker(fileURLToPath(import.meta.resolve('#src/rehearsal/scenario-worker.js')), {
    workerData: { sources, runtimes },
  });
  const [report] = (await once(worker, 'message')) as [ScenarioReport];
  await worker.terminate();
  return report;
}
