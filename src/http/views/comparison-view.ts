import { mostKept, type ComparisonStatus } from '../../cases/index.js';
import type { Law } from '../../kernel/law.js';
import { levelNames } from '../../cases/replay/index.js';
import {
  dutyInWords,
  levelsInWords,
  type CaseDifference,
  type ComparisonReport,
  type Figure,
} from '../../law/regulation/index.js';
import { differenceKinds } from '../../law/regulation/model/index.js';
import type { AnswerOf } from '../contract/operations.js';

type View = AnswerOf<'readLawComparison'>;
type Listed = AnswerOf<'listComparedCases'>['items'][number];
type Report = NonNullable<View['report']>;

const nothing: View = {
  ...{ state: 'none', firstDay: null, lastDay: null, askedAt: null, madeAt: null },
  ...{ progress: null, failure: null, report: null },
};

export function comparisonView(status: ComparisonStatus): View {
  if (status.state === 'none') return nothing;
  const { firstDay, lastDay, askedAt, madeAt, progress, report } = status.comparison;
  return {
    ...{ state: status.state, firstDay, lastDay, progress },
    askedAt,
    madeAt,
    failure: status.state === 'failed' ? status.reason : null,
    report: report && {
      ...{ cases: report.cases, unread: report.unread, differing: report.differing },
      ...{ otherLevels: report.otherLevels, norms: byNorm(report.figures), units: byUnit(report.figures) },
      ...{
        notCounted: report.notCounted,
        assessed: indicatorsOf(report),
        kept: Math.min(report.differing, mostKept),
      },
    },
  };
}

const countsOf = (figures: readonly Figure[]) => {
  const sum = (of: (one: Figure) => number): number => figures.reduce((all, one) => all + of(one), 0);
  return {
    owedBefore: sum(({ owedBefore }) => owedBefore),
    owedAfter: sum(({ owedAfter }) => owedAfter),
    violatedBefore: sum(({ violatedBefore }) => violatedBefore),
    violatedAfter: sum(({ violatedAfter }) => violatedAfter),
    moved: sum(({ moved }) => moved),
  };
};

const byNorm = (figures: readonly Figure[]): Report['norms'] =>
  [...new Map(figures.map(({ norm, says }) => [norm, says]))].map(([norm, says]) => ({
    ...{ norm, says },
    ...countsOf(figures.filter((one) => one.norm === norm)),
  }));

const byUnit = (figures: readonly Figure[]): Report['units'] =>
  [...new Set(figures.map(({ unit }) => unit))].map((unit) => ({
    unit,
    ...countsOf(figures.filter((one) => one.unit === unit)),
  }));

const indicatorsOf = ({ assessed: { method, isSample, indicators, units } }: ComparisonReport) => ({
  ...{ method, isSample, indicators },
  units: units.map(({ unit, before, after }) => ({
    unit,
    rates: indicators.map(({ key }) => ({
      ...{ indicator: key, before: before[key] ?? null, after: after[key] ?? null },
    })),
  })),
});

/** Words of a norm; every differing norm has a figure. */
export const saysIn = ({ figures }: ComparisonReport): ((norm: string) => string) => {
  const says = new Map(figures.map((one) => [one.norm, one.says]));
  return (norm) => says.get(norm) ?? norm;
};

export const comparedCase = (
  { no, duties, levels }: CaseDifference,
  says: (norm: string) => string,
  law: Law,
): Listed => ({
  no,
  duties: duties.map((duty) => {
    const { norm, unit, kind } = duty;
    return { norm, says: says(norm), unit, kind, ...dutyInWords(duty) };
  }),
  levels: levels && levelsInWords(levels, (level) => levelNames(law).get(level) ?? level),
});

export const comparedColumns = {
  no: { title: '工单' },
  kind: { title: '不同' },
  norm: { title: '义务' },
  says: { title: '做什么' },
  unit: { title: '单位' },
  before: { title: '现行的' },
  after: { title: '改成的' },
  reason: { title: '为什么' },
} as const;

/** One line for each duty that differs, and one if levels do. */
export const comparedLines = ({
  no,
  duties,
  levels,
}: Listed): Record<keyof typeof comparedColumns, string>[] => [
  ...duties.map(({ kind, unit, ...duty }) => ({
    ...duty,
    no,
    kind: differenceKinds[kind],
    unit: unit ?? '',
  })),
  ...(levels ? [{ ...levels, no, kind: '升级不同', norm: '', says: '', unit: '', reason: '' }] : []),
];
