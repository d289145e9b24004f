/** The body of the thread that `scenariosApart` starts. */
import { parentPort, workerData } from 'node:worker_threads';
import type { RuntimeName } from '../engine/index.js';
import { readScenarios } from './scenario.js';
import { scenarioReport } from './scenario-report.js';
import { shippedStage } from './stage.js';

const { sources, runtimes } = workerData as {
  readonly sources: readonly string[];
  readonly runtimes: readonly RuntimeName[];
};
parentPort?.postMessage(await scenarioReport(await shippedStage(sources), await readScenarios(), runtimes));
