/** Rounds of handling: from the handover of a sheet to a unit, to the unit's answer to the hotline. */
import type { SheetFacts, Step } from '../facts.js';

export interface Round {
  readonly unit: string;
  readonly handed: Step;
  /** The steps while the unit held it, including the answer. */
  readonly steps: readonly Step[];
  /** Undefined if there was no answer. */
  readonly answer: Step | undefined;
}

export function roundsOf({ steps }: SheetFacts): readonly Round[] {
  const rounds: { unit: string; handed: Step; steps: Step[]; answer: Step | undefined }[] = [];
  for (const step of steps) {
    const current = rounds.at(-1);
    if (current && current.answer === undefined && step.unit === current.unit) {
      current.steps.push(step);
      if (step.does.has('answered')) current.answer = step;
    }
    if (step.handedTo !== undefined) {
      rounds.push({ unit: step.handedTo, handed: step, steps: [], answer: undefined });
    }
  }
  return rounds;
}

/** Whether the answer came at most this many milliseconds before the limit, and not after it. */
export const isNearLimit = ({ at, due }: Step, most: number): boolean =>
  due !== undefined && due >= at && due.getTime() - at.getTime() <= most;
