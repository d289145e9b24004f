/** Worker thread of `runTrialInWorker`. */
import { parentPort, workerData } from 'node:worker_threads';
import { createWorkingCalendar } from '../../calendar/index.js';
import { readAccessRules } from '../../identity/index.js';
import { isDecisionXml, parseDiagram, processIds } from '../../engine/index.js';
import { Refusal } from '../../kernel/index.js';
import { policiesOf, shippedPolicies } from '../../law/policy/index.js';
import { comparison } from './behaviour/lost-behaviour.js';
import { coverageOf } from './coverage.js';
import { scenariosWith } from './drawn-scenarios.js';
import { withDrafts } from './with-drafts.js';
import { replayReport } from './replay-report.js';
import { comparedScenarios } from './scenario-report.js';
import { readScenarios, type Scenario } from './scenario.js';
import { changedElements } from './changed-elements.js';
import { passes, secondOpinion } from './second-opinion.js';
import { shippedStage, stageOf } from './stage.js';
import type { WorkerMessage, Trial, TrialOrder, TrialProgress } from './run-trial-in-worker.js';

const { inForce, draft, law, root, calendar, decisions, cases, mostOnBothEngines, mostWalks } =
  workerData as TrialOrder;
const post = (message: WorkerMessage): void => parentPort?.postMessage(message);
const progress =
  (what: TrialProgress['what'], of: number) =>
  (done: number): void =>
    post({ what, done, of });

const processesIn = async (source: string): Promise<readonly string[]> =>
  isDecisionXml(source) ? [] : processIds(await parseDiagram(source));

async function runTrial(): Promise<Trial> {
  const sources = await withDrafts(inForce, [draft]);
  const things = {
    calendar: createWorkingCalendar(calendar),
    law,
    policies: policiesOf(shippedPolicies(), decisions),
    rules: readAccessRules(),
    root,
  };
  // The draft's scenarios take precedence over those of the versions in force.
  const tried = await scenariosWith(await readScenarios(root), [draft, ...sources]);
  const stages = {
    inForce: await shippedStage(inForce, law, root),
    draft: await shippedStage(sources, law, root),
  };
  const coverage = coverageOf(stages.draft, new Set(await processesIn(draft)));
  const passesChange = passes(await changedElements(inForce, draft, law));
  const behaviour = comparison(stages, passesChange);
  const touching: Scenario[] = [];
  const compared = await comparedScenarios(stages, tried, progress('scenarios', tried.length), {
    onLived: (scenario, rehearsed) => {
      coverage.lived(rehearsed);
      if (passesChange(rehearsed)) touching.push(scenario);
    },
    onBoth: behaviour.compare,
  });
  await behaviour.walk(mostWalks, progress('behaviour', mostWalks));
  const begun = performance.now();
  const time = { spent: () => performance.now() - begun, most: mostOnBothEngines };
  const engines = await secondOpinion(stages.draft, touching, time, progress('engines', touching.length));
  const scenarios = { ...compared, coverage: coverage.told(), engines, behaviour: behaviour.found() };
  const replay = await replayReport(
    { inForce: await stageOf(inForce, things), draft: await stageOf(sources, things) },
    cases,
    progress('replay', cases.length),
  );
  return { scenarios, replay };
}

try {
  post(await runTrial());
} catch (error) {
  if (!(error instanceof Refusal)) throw error;
  const { code, message, remedy } = error;
  post({ refused: { code, message, remedy } });
}
