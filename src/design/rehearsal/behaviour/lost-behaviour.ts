/**
 * The behavioural difference of a draft: the same acts, under the version in force and on the draft. What only the former
 * does is lost, and shown by the shortest run.
 */
import type { Behaviour, LostBehaviour } from '../../compliance/index.js';
import type { Begin } from '../dry-run.js';
import type { RehearsedCase } from '../rehearsed-case.js';
import type { Scenario } from '../scenario.js';
import type { Stage } from '../stage.js';
import { yieldToEventLoop } from '../yield-to-event-loop.js';
import { factsOf, isStricter, lostIn, type Lost } from './facts.js';
import { repeated, type Played } from './repeat.js';
import { chanceFrom, randomWalk, scenarioWalk, stageFor, type Walk } from './walks.js';

type Found = LostBehaviour & Lost;

/** Walks by chance; bounds are numbers, not time, so that the result is the same on every machine. */
export const mostWalks = 150;

export async function lostBehaviour(
  stages: { readonly inForce: Stage; readonly draft: Stage },
  scenarios: readonly Scenario[],
  passes: (rehearsed: RehearsedCase) => boolean,
  onDone: (walks: number) => void = () => undefined,
): Promise<Behaviour> {
  const found = new Map<string, Found>();
  let runs = 0;
  const compare = (walk: Walk | undefined): boolean => {
    if (!walk || !passes(walk.rehearsed)) return false;
    runs += 1;
    for (const { lost, steps } of differences(stages, walk)) note(found, lost, walk, steps);
    return true;
  };
  const touching: Scenario[] = [];
  for (const scenario of scenarios) {
    await yieldToEventLoop();
    if (compare(scenarioWalk(stages.inForce, scenario))) touching.push(scenario);
  }
  const chance = chanceFrom(touching.length);
  const from = touching.length > 0 ? touching : scenarios;
  for (let walk = 0; walk < mostWalks && from.length > 0; walk += 1) {
    await yieldToEventLoop();
    const scenario = from[Math.floor(chance() * from.length)];
    if (scenario) compare(randomWalk(stages.inForce, scenario, chance));
    onDone(walk + 1);
  }
  const lost = [...found.values()].sort((one, other) => other.runs - one.runs);
  return { runs, lost: lost.map(({ key: _key, ...one }) => one) };
}

function differences(
  stages: { readonly inForce: Stage; readonly draft: Stage },
  { scenario, acts, until, rehearsed }: Walk,
): readonly { readonly lost: Lost; readonly steps: readonly Played[] }[] {
  const [before, on] = [stageFor(stages.inForce, scenario), stageFor(stages.draft, scenario)];
  const relived = repeated({ before, on }, acts, until);
  const is = factsOf(on, relived.rehearsed);
  if (relived.refused.length + lostIn(before, factsOf(before, rehearsed), is).length === 0) return [];
  // Acts at the very instant of a limit may repeat in another order, on the version in force, too.
  const again = repeated({ before, on: before }, acts, until);
  const was = factsOf(before, again.rehearsed);
  // A draft that escalates earlier takes the later acts away: it is stricter, and the limits are compared on their own.
  if (isStricter(was, is)) return [];
  const known = new Set(again.refused.map(({ key }) => key));
  const refused = relived.refused.filter(({ key }) => !known.has(key));
  return [...refused, ...lostIn(before, was, is)].map((lost) => ({ lost, steps: relived.steps }));
}

function note(found: Map<string, Found>, lost: Lost, { scenario }: Walk, steps: readonly Played[]): void {
  const known = found.get(lost.key);
  const isShorter = known === undefined || steps.length < known.steps.length;
  const shown = isShorter ? { ...lost, steps, scenario: scenario.title, begin: beginOf(scenario) } : known;
  found.set(lost.key, { ...shown, runs: (known?.runs ?? 0) + 1 });
}

function beginOf({ given }: Scenario): Begin {
  const { process, message, ...around } = given;
  return message === undefined ? { process, ...around } : { message, ...around };
}
