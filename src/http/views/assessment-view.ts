import type { Said } from '../contract/operation.js';
import {
  countsOf,
  figuresOf,
  groupIn,
  measures,
  methodFor,
  type Count,
  type Counts,
  type Exclusion,
  type Figures,
  type MergedTally,
  type MethodContent,
  type MethodProposal,
  type Tally,
} from '../../measures/assessment/index.js';
import { parseInstant } from '../../kernel/instant.js';
import {
  isRuling,
  methodDecision,
  poorUnitOf,
  possibleRulings,
  type ObjectionGround,
  type Official,
  type readRun,
} from '../../cases/index.js';
import type { Principal } from '../../identity/index.js';
import { isJsonObject, type Json, type JsonObject } from '../../kernel/index.js';
import type { AnswerOf } from '../contract/operations.js';
import type { unitFigures } from '../contract/assessment.js';
import type { Law, Laws } from '../../kernel/law.js';
import { proposalState, type Officer } from '../../law/two-person/index.js';
import { taskView } from './task-view.js';
import { unitName } from '../../kernel/unit-name.js';
import { provisionView } from './provision-view.js';

export type AssessmentBody = AnswerOf<'readAssessment'>;
type Run = NonNullable<Awaited<ReturnType<typeof readRun>>>;
type UnitFigures = Said<typeof unitFigures>;

export const measureViews = (law: Law) =>
  measures(law).map((one) => ({ ...one, article: provisionView(one.article) }));

interface MonthCounts {
  readonly rows: readonly Tally[];
  readonly merged: readonly MergedTally[];
  readonly kinds: ReadonlyMap<string, string>;
}

/** Figures of an open month or a preview, from the current sums. */
export function figuresNow(
  method: MethodContent,
  { rows, merged, kinds }: MonthCounts,
  law: Law,
): UnitFigures[] {
  const counts = countsOf(rows, merged, method, law);
  const figures = figuresOf(method, counts, (unit) => groupIn(method, unit, kinds.get(unit)), law);
  return figures.map((one) => unitView(method, one, counts, law));
}

/** Figures of a run, corrected by upheld objections. */
export function figuresOfRun(method: MethodContent, { file }: Run, laws: Laws): UnitFigures[] {
  const law = laws.ofCase(file);
  const { figures, counts } = file.variables;
  if (!Array.isArray(figures)) return [];
  return (figures as unknown as readonly Figures[]).map((one) =>
    unitView(method, one, (counts ?? {}) as unknown as Counts, law),
  );
}

function unitView(method: MethodContent, figures: Figures, counts: Counts, law: Law): UnitFigures {
  const { unit, group, rank, score, poor, rates } = figures;
  return {
    unit,
    group,
    rank,
    score,
    poor,
    rates: method.indicators.map(({ key, better, threshold }) => {
      const rate = rates[key] ?? null;
      const worse = better === 'higher' ? (rate ?? 0) < (threshold ?? 0) : (rate ?? 0) > (threshold ?? 0);
      return { indicator: key, rate, short: threshold !== null && rate !== null && worse };
    }),
    counts: measures(law).flatMap(({ key: measure }) => {
      const count = counts[unit]?.[measure];
      return count ? [{ measure, met: count.met, of: count.of }] : [];
    }),
  };
}

export function runView(
  run: Run,
  grounds: readonly ObjectionGround[],
  viewer: Principal,
  now: Date,
  laws: Laws,
): NonNullable<AssessmentBody['run']> {
  const all = viewer.sight.kind === 'all';
  const theirs = (unit: string | undefined): boolean =>
    unit !== undefined && viewer.units.includes(unitName(unit));
  const until = run.objectionsUntil;
  return {
    no: run.file.businessKey,
    ended: run.file.endedAt !== null,
    objectionsUntil: until !== null && until > now ? until : null,
    objections: run.objections
      .map((one, index) => objectionView(one, grounds[index], laws.ofCase(run.file)))
      .filter(({ unit }) => all || theirs(unit)),
    tasks: run.tasks
      .map(({ id, task, element }) => {
        const unit = poorUnitOf(task);
        const ofUnit = task.role === 'unit';
        const duty = task.role === null || viewer.duties.includes(task.role);
        const mine = duty && !isRuling(task) && (ofUnit ? theirs(unit) : all);
        return { ...taskView(id, run.file, task, element, laws), mine };
      })
      .filter(({ mine, locals }) => all || mine || theirs(textOf(locals?.poorUnit))),
  };
}

const results = ['upheld', 'rejected'] as const;

function objectionView(objection: JsonObject, said: ObjectionGround | undefined, law: Law) {
  const { number, unit, measure, at, result, decidedAt } = objection;
  return {
    number: Number(number),
    unit: textOf(unit) ?? '',
    measure: measures(law).find(({ key }) => key === measure)?.key ?? 'accepted',
    at: instantIn(at) ?? null,
    ground: said?.ground ?? '',
    raisedBy: said?.raisedBy ?? '',
    entry: said?.seq ?? 0,
    result: results.find((one) => one === result) ?? null,
    corrected: countIn(objection.corrected),
    decidedAt: instantIn(decidedAt) ?? null,
  };
}

const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

const instantIn = (value: Json | undefined): Date | undefined =>
  typeof value === 'string' && value !== '' ? parseInstant(value, 'start-of-day') : undefined;

function countIn(value: Json | undefined): Count | null {
  if (!isJsonObject(value)) return null;
  return { met: Number(value.met), of: Number(value.of) };
}

export const exclusionView = (one: Exclusion, viewer: Official, law: Law, isClosed: boolean) => ({
  ...one,
  no: one.stream,
  possible: possibleRulings(law, one, viewer, isClosed),
});

export const proposalView = (proposal: MethodProposal, viewer: Officer, law: Law) => ({
  ...proposal,
  state: proposalState(proposal),
  possible: methodDecision(law).possible(proposal, viewer),
});

/** The method of a month; the sample, marked as such, if none is approved. */
export function methodOrSample(
  proposals: readonly MethodProposal[],
  month: Parameters<typeof methodFor>[1],
  sample: MethodContent,
  law: Law,
): NonNullable<AssessmentBody['method']> & MethodContent {
  return (
    methodFor(proposals, month, law) ?? { ...sample, version: '示例', approvedBy: null, approvedOn: null }
  );
}
