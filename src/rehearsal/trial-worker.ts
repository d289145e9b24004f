/** Worker thread of `trialApart`. */
import { parentPort, workerData } from 'node:worker_threads';
import { createWorkingCalendar } from '../calendar/index.js';
import { Refusal } from '../kernel/index.js';
import { policiesOf, shippedPolicies } from '../policy/index.js';
import { drafted } from './drafted.js';
import { replayReport } from './replay-report.js';
import { scenarioReport } from './scenario-report.js';
import { readScenarios } from './scenario.js';
import { shippedStage, stageOf } from './stage.js';
import type { Told, Trial, TrialOrder, TrialProgress } from './trial-apart.js';

const { inForce, draft, runtime, calendar, decisions, cases } = workerData as TrialOrder;
const tell = (told: Told): void => parentPort?.postMessage(told);
const progress =
  (what: TrialProgress['what'], of: number) =>
  (done: number): void =>
    tell({ what, done, of });

async function tried(): Promise<Trial> {
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
  return { scenarios, replay };
}

try {
  tell(await tried());
} catch (error) {
  if (!(error instanceof Refusal)) throw error;
  const { code, message, remedy } = error;
  tell({ refused: { code, message, remedy } });
}
