/**
 * Runs a script of deeds on the real engine and calendar with a simulated clock, and reports the
 * legal state after each step.
 */
import { z } from 'zod';
import { courseOf, type Holder } from '../../accountability/course/index.js';
import { computedOf, deedsIn, instanceOf, levelsIn, textIn } from '../../accountability/events/index.js';
import { accusedIn } from '../../kernel/accused.js';
import { toShanghaiIso } from '../../kernel/civil-date.js';
import { standInsFor } from '../../cases/index.js';
import { Refusal } from '../../kernel/index.js';
import {
  bearerTitle,
  stateAt,
  rulesOf,
  standingOf,
  type Catalogue,
  type Duty,
  type DutyEntry,
} from '../../law/regulation/index.js';
import { doDeed, possibleDeeds } from './deeds.js';
import { refusalOf } from './refusal-of.js';
import { rehearsedCase, type RehearsedCase } from './rehearsed-case.js';
import type { Stage } from './stage.js';

const facts = z.record(z.string(), z.json()).default({});
const instant = z.iso.datetime({ offset: true });

const scriptSchema = z.strictObject({
  start: z.strictObject({
    at: instant,
    with: facts,
    /** Numbers of the same caller's closed sheets. */
    earlierSheets: z.array(z.string()).default([]),
    /** `DUTY/NAME`: people of the hotline whom the matter accuses. */
    accusedPersons: z.array(z.string()).default([]),
  }),
  steps: z.array(
    z.strictObject({
      at: instant,
      /** A deed of the vocabulary, or `wait`: then only time passes. */
      do: z.string(),
      by: z.string().optional(),
      with: facts,
    }),
  ),
});

export type Script = z.output<typeof scriptSchema>;

/** State of the case after a step. Instants are ISO 8601 texts in Asia/Shanghai (+08:00). */
export interface RehearsedLine {
  readonly at: string;
  readonly do: string;
  /** Code of the refusal, if any; then only time has passed. */
  readonly refused: string | null;
  readonly why: string | null;
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

/** @throws {Refusal} `input.invalid` */
export function scriptOf(content: unknown): Script {
  const { data, error } = scriptSchema.safeParse(content);
  if (data) return data;
  throw new Refusal('input.invalid', `脚本读不出来：\n${z.prettifyError(error)}`, {
    remedy:
      '写作 {"start": {"at": "2026-03-02T10:00:00+08:00", "with": {}}, "steps": [{"at": "…", "do": "…", "with": {}}]}',
  });
}

export function rehearse(stage: Stage, catalogue: Catalogue, { start, steps }: Script): RehearsedLine[] {
  const rehearsed = rehearsedCase(stage, start);
  const from = new Date(start.at);
  rehearsed.start(beginning(stage), from, start.with);
  const known = new Set(catalogue.vocabulary.deeds.map(({ name }) => name));
  let now = from;
  return steps.map((step) => {
    const at = new Date(step.at);
    const refusal = refusalOf(() => {
      if (at < now)
        throw new Refusal('input.invalid', '这一步早于前一步', { where: 'at', remedy: '按先后写' });
      now = at;
      if (step.do === 'wait') return rehearsed.moveTo(at);
      if (!known.has(step.do)) {
        throw new Refusal('deed.unknown', `条例的词汇里没有“${step.do}”`, {
          where: 'do',
          remedy: '词汇见 hotline regulation deeds',
        });
      }
      const { holder } = courseOf(numbered(rehearsed), rulesOf(catalogue));
      doDeed(stage, rehearsed, { deed: step.do, facts: step.with, at, by: step.by, holder: holder.unit });
    });
    return lineOf(stage, catalogue, rehearsed, { at: now, deed: step.do, refusal });
  });
}

/** Key of the process that starts by itself, without a message. */
export function beginning({ definitions }: Stage): string {
  const found = definitions.all.find(({ annotations }) =>
    annotations.elements.some(
      ({ type, catches, deeds }) => type === 'bpmn:StartEvent' && catches === null && deeds.length > 0,
    ),
  );
  if (found) return found.key;
  throw new Refusal('definition.not-found', '没有一个流程由来电人的事项开始', {
    remedy: '在开始事件上写明行为（duty:deed）',
  });
}

const numbered = ({ entries }: RehearsedCase): DutyEntry[] =>
  entries.map((entry, index) => ({ ...entry, seq: index + 1 }));

function lineOf(
  stage: Stage,
  catalogue: Catalogue,
  rehearsed: RehearsedCase,
  { at, deed, refusal }: { readonly at: Date; readonly deed: string; readonly refusal: Refusal | undefined },
): RehearsedLine {
  const trail = numbered(rehearsed);
  const { course, duties } = standingOf(catalogue, trail);
  const holding = standingIn(stage, trail, course.holder);
  const iso = (instant: Date | null): string | null => instant && toShanghaiIso(instant);
  return {
    at: toShanghaiIso(at),
    do: deed,
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

/** For a duty of units, the unit that owes it; else the first body that the norm names, or its stand-in. */
export function bearerOf(
  { standIns, laws }: Pick<Stage, 'standIns' | 'laws'>,
  catalogue: Catalogue,
  trail: readonly DutyEntry[],
  duty: Pick<Duty, 'norm' | 'unit' | 'state' | 'entries'>,
): string {
  const norm = catalogue.norm(duty.norm);
  const of = norm?.bearers ?? [];
  const ofUnits = catalogue.vocabulary.subjects.some(
    ({ key, identity }) => key === norm?.duty?.subject && identity === 'unit',
  );
  if ((ofUnits || of.includes('handling-unit')) && duty.unit !== null) return duty.unit;
  const [first] = of;
  return first === undefined
    ? ''
    : bearerTitle(standIns.bearerFor(first, standInsFor(trail, duty)), laws.today());
}
