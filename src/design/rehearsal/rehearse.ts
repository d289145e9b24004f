/**
 * Runs a script of deeds on the real engine and calendar with a simulated clock, and reports the
 * legal state after each step.
 */
import { courseOf, type Holder } from '../../accountability/course/index.js';
import { computedOf, deedsIn, instanceOf, levelsIn, textIn } from '../../accountability/events/index.js';
import { accusedIn } from '../../kernel/accused.js';
import { toShanghaiIso } from '../../kernel/civil-date.js';
import { standInsFor } from '../../cases/index.js';
import {
  bearerTitle,
  stateAt,
  rulesOf,
  standingOf,
  type Catalogue,
  type DutyEntry,
} from '../../law/regulation/index.js';
import { possibleDeeds } from './deeds.js';
import { livedSteps, type Happened } from './lived.js';
import type { RehearsedCase } from './rehearsed-case.js';
import { bearerOf } from './bearer-of.js';
import { kindOf, wordsOf, type Script, type Step } from './scenario.js';
import type { Stage } from './stage.js';

/** State of the case after a step. Instants are ISO 8601 texts in Asia/Shanghai (+08:00). */
export interface RehearsedLine {
  readonly at: string;
  readonly do: string;
  /** Code of the refusal, if any; then only time has passed. */
  readonly refused: string | null;
  readonly why: string | null;
  /** What the script expects here and does not hold, in sentences. */
  readonly unmet: readonly string[];
  readonly holder: { readonly kind: string; readonly name: string };
  readonly duties: readonly {
    readonly norm: string;
    readonly bearer: string;
    readonly subject: string;
    readonly state: string;
    readonly opened: string;
    readonly due: string | null;
    readonly violatedAt: string | null;
  }[];
  /** All levels that the case has reached, in order. */
  readonly levels: readonly { readonly level: string; readonly against: string; readonly at: string }[];
  readonly can: readonly string[];
  readonly ended: boolean;
}

/** @throws {Refusal} if the case cannot begin as stated */
export function rehearse(stage: Stage, catalogue: Catalogue, script: Script): RehearsedLine[] {
  // Where a script says what should happen, any other refusal is a fault; elsewhere it is an answer.
  const isAsserting = [...script.before, ...script.steps].some(
    (step) => 'expect' in step || ('refused' in step && step.refused !== undefined),
  );
  const lines: RehearsedLine[] = [];
  // The case goes on with each step: a line is said of it before the next.
  const { given, before } = script;
  const running = {
    given: { ...given, earlierSheets: given.earlierSheets ?? [] },
    ...{ steps: [...before, ...script.steps], catalogue },
  };
  for (const happened of livedSteps(stage, running)) {
    const { step, unmet } = happened;
    if (step) lines.push(lineOf(catalogue, { ...happened, unmet: isAsserting ? unmet : [] }, step));
    else if (happened.refusal) throw happened.refusal;
  }
  return lines;
}

const numbered = ({ entries }: RehearsedCase): DutyEntry[] =>
  entries.map((entry, index) => ({ ...entry, seq: index + 1 }));

function lineOf(
  catalogue: Catalogue,
  { at, stage, rehearsed, refusal, unmet }: Happened<Step>,
  step: Step,
): RehearsedLine {
  const trail = numbered(rehearsed);
  const { course, duties } = standingOf(catalogue, trail);
  const holding = standingIn(stage, trail, course.holder);
  const iso = (instant: Date | null): string | null => instant && toShanghaiIso(instant);
  return {
    at: toShanghaiIso(at),
    do: 'do' in step ? step.do : kindOf(step),
    unmet: unmet.map((one) => `${wordsOf(step)}：${one}`),
    refused: refusal?.code ?? null,
    why: refusal ? [refusal.message, refusal.remedy].filter(Boolean).join('；') : null,
    holder: { kind: holding.kind ?? 'none', name: nameOf(stage, holding) },
    duties: duties.map((duty) => ({
      norm: duty.norm,
      bearer: bearerOf(stage, catalogue, trail, duty),
      subject: duty.subject,
      state: stateAt(duty, at),
      opened: toShanghaiIso(duty.opened.at),
      due: iso(duty.due),
      violatedAt: iso(duty.violatedAt),
    })),
    levels: trail.flatMap((entry, index) =>
      levelsIn(entry).map((level) => ({
        level,
        against:
          unitNamed(catalogue, entry) ??
          chargedIn(catalogue, trail.slice(0, index + 1)) ??
          nameOf(stage, holderAfter(stage, catalogue, trail.slice(0, index + 1))),
        at: toShanghaiIso(entry.at),
      })),
    ),
    can: possibleDeeds(stage, rehearsed, at).filter(isOfCase(catalogue)),
    ended: rehearsed.file.instances.size === 0,
  };
}

/** The unit that owes the duty of the entry's deed, if each unit owes its own. */
function unitNamed({ vocabulary }: Catalogue, entry: DutyEntry): string | undefined {
  const ofUnits = new Set(
    vocabulary.subjects.filter(({ identity }) => identity === 'unit').map(({ key }) => key),
  );
  const ours = new Set(
    vocabulary.deeds.filter(({ subject }) => ofUnits.has(subject)).map(({ name }) => name),
  );
  return deedsIn(entry).flatMap(({ name, facts = {} }) =>
    ours.has(name) ? (textIn(facts, 'unit') ?? []) : [],
  )[0];
}

/** Whom the last entry's level is against, where the law says so: the handling unit, or the proceeding's accused. */
function chargedIn(catalogue: Catalogue, trail: readonly DutyEntry[]): string | undefined {
  const last = trail.at(-1);
  if (!last) return undefined;
  const { vocabulary } = catalogue;
  const subjects = deedsIn(last).map(
    ({ name }) => vocabulary.deeds.find((one) => one.name === name)?.subject,
  );
  const against = vocabulary.subjects.find(({ key, against }) => against && subjects.includes(key))?.against;
  if (against === undefined) return undefined;
  const { unit, lastUnit } = courseOf(trail, rulesOf(catalogue));
  const handling = unit ?? lastUnit ?? undefined;
  if (against === 'handling-unit') return handling;
  const stated = trail
    .filter((entry) => instanceOf(entry) === instanceOf(last))
    .flatMap((entry) => [computedOf(entry), ...deedsIn(entry).map(({ facts = {} }) => facts)])
    .findLast(({ accused }) => accused !== undefined)?.accused;
  const accused = accusedIn(stated);
  return accused?.kind === 'unit' ? accused.key : typeof stated === 'string' ? stated : handling;
}

/** Excludes deeds about another subject with cases of its own, such as a period. */
function isOfCase({ vocabulary }: Catalogue): (deed: string) => boolean {
  const [first] = vocabulary.deeds;
  const cases = vocabulary.subjects.filter(({ identity }) => identity === 'case').map(({ key }) => key);
  const others = new Set(cases.filter((key) => key !== first?.subject));
  return (deed) => !vocabulary.deeds.some(({ name, subject }) => name === deed && others.has(subject));
}

const nameOf = ({ laws }: Stage, { kind, unit }: Holder): string =>
  unit ?? (kind === null ? '' : bearerTitle(kind, laws.today()));

const holderAfter = (stage: Stage, catalogue: Catalogue, trail: readonly DutyEntry[]): Holder =>
  standingIn(stage, trail, courseOf(trail, rulesOf(catalogue)).holder);

/** Stand-ins for recused bodies, which hold nothing themselves. */
function standingIn({ standIns }: Stage, trail: readonly DutyEntry[], { kind, unit }: Holder): Holder {
  const taken = standInsFor(trail, { state: 'open', entries: [] });
  return { kind: kind === null ? null : standIns.bearerFor(kind, taken), unit };
}
