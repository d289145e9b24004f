/** Rehearses a draft by hand: a start and the acts so far. It is stateless: each request runs everything again. */
import { isStep, type Content } from '../../accountability/events/index.js';
import type { CaseFile, ElementAnnotation, OpenTask } from '../../engine/index.js';
import { Refusal, type JsonObject } from '../../kernel/index.js';
import type { Catalogue } from '../../law/regulation/index.js';
import { livedSteps, type Taken } from './lived.js';
import type { RehearsedCase } from './rehearsed-case.js';
import type { Expected } from './scenario.js';
import type { Stage, Surroundings } from './stage.js';

export type Begin = ({ readonly process: string } | { readonly message: string }) &
  Surroundings & {
    readonly at: string;
    readonly facts?: JsonObject | undefined;
    /** Sheets that may be cited as earlier ones; without the list any sheet may. */
    readonly earlierSheets?: readonly string[] | undefined;
    /** `DUTY/NAME`: people who are recused once the matter is registered. */
    readonly accusedPersons?: readonly string[] | undefined;
  };

/** Instants are ISO 8601 with offset. Without one, an act happens at the instant of the preceding act. */
export type DryAct = Taken;

export interface DryRun {
  /** The simulated time. */
  readonly now: Date;
  readonly file: CaseFile;
  readonly entries: readonly Content[];
  /** Elements with tokens, and their processes. */
  readonly waiting: readonly { readonly process: string; readonly element: string }[];
  readonly elementOf: (task: OpenTask) => ReturnType<RehearsedCase['elementOf']>;
  /** For each act of a person (by its index): where it was done or refused, as in `OnFound`. */
  readonly steps: readonly {
    readonly act: number;
    readonly element: ElementAnnotation;
    readonly fields: { readonly [fact: string]: string };
  }[];
  /** For each expectation (by its index): what does not hold, and the actual values. */
  readonly expectations: readonly {
    readonly act: number;
    readonly unmet: readonly string[];
    readonly came: Expected;
  }[];
  /** The refused act (-1: the start). It changed nothing, and later acts were not run. */
  readonly refused?: { readonly act: number; readonly refusal: Refusal };
}

/** Free texts may be omitted. @param catalogue default: the shipped one of the first day */
export function dryRun(stage: Stage, begin: Begin, acts: readonly DryAct[], catalogue?: Catalogue): DryRun {
  const expectations: DryRun['expectations'][number][] = [];
  const steps: DryRun['steps'][number][] = [];
  let index = -2;
  const running = livedSteps(stage, {
    ...{ given: begin, steps: acts, catalogue },
    onFound: (_, element, fields) => steps.push({ act: index + 1, element, fields }),
  });
  let run!: Omit<DryRun, 'refused'>;
  for (const { step, rehearsed, at, refusal, unmet, came } of running) {
    index += 1;
    if (came) expectations.push({ act: index, unmet, came });
    run = { ...standingOf(rehearsed, at), expectations, steps };
    if (came || unmet.length === 0) continue;
    const wrong = new Refusal('input.invalid', `“${Object.values(step ?? {})[0]}”${unmet.join()}`, {
      remedy: '核对流程图和这一步',
    });
    return { ...run, refused: { act: index, refusal: refusal ?? wrong } };
  }
  return run;
}

function standingOf(rehearsed: RehearsedCase, now: Date): Omit<DryRun, 'expectations' | 'steps' | 'refused'> {
  const { file, entries } = rehearsed;
  const resting = new Map<number, { process: string; element: string }[]>();
  for (const { body } of entries.filter(isStep)) {
    const { process, waiting = [] } = body;
    resting.set(
      body.instance,
      waiting.map((element) => ({ process, element })),
    );
  }
  return {
    now,
    file,
    entries,
    elementOf: (task) => rehearsed.elementOf(task),
    waiting: [...resting.values()].flat(),
  };
}
