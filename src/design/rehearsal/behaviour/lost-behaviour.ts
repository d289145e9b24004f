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
import { chanceFrom, randomWalk, stageFor, type Walk } from './walks.js';

type Found = LostBehaviour & Lost;

/** A trial makes this many walks by chance. The bound is a number, not a time, so that every machine finds the same. */
export const usualWalks = 100;

export interface Comparison {
  /** Takes a scenario that both versions have walked. */
  readonly compare: (scenario: Scenario, was: RehearsedCase, is: RehearsedCase) => void;
  /** Leaves such scenarios by chance, and compares those walks. */
  readonly walk: (most: number, onDone: (walks: number) => void) => Promise<void>;
  readonly found: () => Behaviour;
}

/** @param passes whether a case passes a changed element */
export function comparison(
  stages: { readonly inForce: Stage; readonly draft: Stage },
  passes: (rehearsed: RehearsedCase) => boolean,
): Comparison {
  const found = new Map<string, Found>();
  const touching: Scenario[] = [];
  let runs = 0;
  return {
    compare(scenario, was, is) {
      if (!passes(was)) return;
      runs += 1;
      touching.push(scenario);
      const [before, on] = [stageFor(stages.inForce, scenario), stageFor(stages.draft, scenario)];
      const [first, second] = [factsOf(before, was), factsOf(on, is)];
      if (isStricter(first, second)) return;
      for (const lost of lostIn(before, first, second)) note(found, lost, scenario, stepsOf(scenario));
    },
    async walk(most, onDone) {
      const chance = chanceFrom(touching.length);
      for (let walk = 0; walk < most && touching.length > 0; walk += 1) {
        await yieldToEventLoop();
        onDone(walk + 1);
        const scenario = touching[Math.floor(chance() * touching.length)];
        const walked = scenario && randomWalk(stages.inForce, scenario, chance);
        if (!walked || !passes(walked.rehearsed)) continue;
        runs += 1;
        for (const { lost, steps } of differences(stages, walked)) note(found, lost, scenario, steps);
      }
    },
    found() {
      const lost = [...found.values()].sort((one, other) => other.runs - one.runs);
      return { runs, lost: lost.map(({ key: _key, ...one }) => one) };
    },
  };
}

/** The script, as a rehearsal takes it. */
const stepsOf = ({ before, steps }: Scenario): readonly Played[] =>
  [...before, ...steps].flatMap((step): Played[] => {
    if ('expect' in step) return [];
    const { when, ...act } = step;
    return [{ text: when, act }];
  });

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

function note(found: Map<string, Found>, lost: Lost, scenario: Scenario, steps: readonly Played[]): void {
  const known = found.get(lost.key);
  const isShorter = known === undefined || steps.length < known.steps.length;
  const shown = isShorter ? { ...lost, steps, scenario: scenario.title, begin: beginOf(scenario) } : known;
  found.set(lost.key, { ...shown, runs: (known?.runs ?? 0) + 1 });
}

function beginOf({ given }: Scenario): Begin {
  const { process, message, ...around } = given;
  return message === undefined ? { process, ...around } : { message, ...around };
}
