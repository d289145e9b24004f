import type { DutyEntry } from '../../src/law/regulation/index.js';
import type { Scenario } from '../../src/design/rehearsal/index.js';
import { begin, doStep } from '../../src/design/rehearsal/run-scenario.js';
import { rehearsedCase } from '../../src/design/rehearsal/rehearsed-case.js';
import { withPolicies, type Stage } from '../../src/design/rehearsal/stage.js';

/** The scenario's trail, without its refused acts. */
export function livedEntries(stage: Stage, { given, before, steps }: Scenario): DutyEntry[] {
  const rehearsed = rehearsedCase(withPolicies(stage, given.policies ?? {}));
  let now = new Date(given.at);
  begin(rehearsed, stage, given, now);
  for (const step of [...before, ...steps]) {
    if ('expect' in step) continue;
    if ('clock' in step) now = new Date(step.clock);
    else if (step.at !== undefined) now = new Date(step.at);
    if ('clock' in step) rehearsed.moveTo(now);
    else if ('send' in step) rehearsed.send(step.send, step.with ?? {}, now);
    else if (step.refused === undefined) doStep(step, rehearsed, stage, now);
  }
  return rehearsed.entries.map((entry, index) => ({ ...entry, seq: index + 1 }));
}
