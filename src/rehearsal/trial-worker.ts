/** The body of the thread that `trialApart` starts. */
import { parentPort, workerData } from 'node:worker_threads';
import { createWorkingCalendar } from '../calendar/index.js';
import { policiesOf, shippedPolicies } from '../policy/index.js';
import { drafted } from './drafted.js';
import { replayReport } from './replay-report.js';
import { scenarioReport } from './scenario-report.js';
import { readScenarios } from './scenario.js';
import { shippedStage, stageOf } from './stage.js';
import type { Trial, TrialOrder, TrialProgress } from './trial-apart.js';

const { inForce, draft, runtime, calendar, decisions, cases } = workerData as TrialOrder;
const tell = (told: Trial | TrialProgress): void => parentPort?.postMessage(told);
const progress =
  (what: TrialProgress['what'], of: number) =>
  (done: number): void =>
    tell({ what, done, of });

const sources = await drafted(inForce, [draft]);
const things = {
  calendar: createWorkingCalendar(calendar),
  policies: policiesOf(shippedPolicies(), decisions),
};
const told = await readScenarios();
const scenarios = await scenarioReport(
  await shippedStage(sources),
  told,
  [runtime],
  progress('scenarios', told.length),
);
const replay = await replayReport(
  { inForce: await stageOf(inForce, things), draft: await stageOf(sources, things) },
  cases,
  progress('replay', cases.length),
);
tell({ scenarios, replay });
