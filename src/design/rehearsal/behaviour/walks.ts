/** Cases under the version in force that leave a scenario for other answers. */
import { actsOf, type PastAct } from '../acts.js';
import { livedSteps } from '../lived.js';
import { movesIn } from '../proof/moves.js';
import { take } from '../proof/search.js';
import { refusalOf } from '../refusal-of.js';
import type { RehearsedCase } from '../rehearsed-case.js';
import type { Scenario } from '../scenario.js';
import { changesIn, stageWith, type Stage } from '../stage.js';

export interface Walk {
  readonly scenario: Scenario;
  readonly acts: readonly PastAct[];
  readonly until: Date;
  readonly rehearsed: RehearsedCase;
}

export const stageFor = (stage: Stage, { given, before, steps }: Scenario): Stage =>
  stageWith(stage, given, changesIn([...before, ...steps]));

/** The first steps of a scenario. */
function scenarioWalk(stage: Stage, scenario: Scenario, mostSteps: number): Walk | undefined {
  const { given, before, steps } = scenario;
  let lived: { readonly rehearsed: RehearsedCase; readonly at: Date } | undefined;
  let count = 0;
  const refusal = refusalOf(() => {
    const all = [...before, ...steps].slice(0, mostSteps);
    const running = { given: { ...given, earlierSheets: given.earlierSheets ?? [] }, steps: all };
    for (const { rehearsed, at, step, unmet } of livedSteps(stage, running)) {
      lived = { rehearsed, at };
      count += 1;
      if (unmet.length > 0 && !(step && 'expect' in step)) break;
    }
  });
  if (!lived || refusal || count === 0) return undefined;
  return walkOf(scenario, lived.rehearsed, lived.at);
}

const walkOf = (scenario: Scenario, rehearsed: RehearsedCase, until: Date): Walk => ({
  scenario,
  acts: actsOf(rehearsed.entries),
  until,
  rehearsed,
});

/** Most acts after the scenario is left. */
const mostMoves = 25;

/**
 * Leaves a scenario after some of its steps, and then acts by chance.
 *
 * @param chance numbers from 0 up to 1
 */
export function randomWalk(stage: Stage, scenario: Scenario, chance: () => number): Walk | undefined {
  const all = scenario.before.length + scenario.steps.length;
  const begun = scenarioWalk(stage, scenario, Math.floor(chance() * all));
  if (!begun) return undefined;
  const own = stageFor(stage, scenario);
  let { rehearsed, until: now } = begun;
  for (let move = 0; move < mostMoves && rehearsed.file.endedAt === null; move += 1) {
    const moves = movesIn(own, rehearsed, now, { ahead: [], waiting: [], isOnWay: () => chance() < 0.5 });
    const next = moves[Math.floor(chance() * moves.length)];
    if (!next) break;
    const tried = rehearsed.fork();
    if (refusalOf(() => take(tried, next))) continue;
    rehearsed = tried;
    now = next.at;
  }
  return walkOf(scenario, rehearsed, now);
}

/** Numbers by chance that are the same on every machine (mulberry32). */
export function chanceFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
