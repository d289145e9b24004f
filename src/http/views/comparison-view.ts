import type { z } from 'zod';
import type { ComparisonStatus } from '../../casework/index.js';
import { toShanghaiIso } from '../../calendar/index.js';
import type { CaseDifference, Figure } from '../../regulation/index.js';
import type { amendmentOperations } from '../contract/amendment.js';

type Operations = typeof amendmentOperations;
type View = z.input<Operations['readLawComparison']['answers'][200]['schema']>;
type Listed = z.input<Operations['listComparedCases']['answers'][200]['schema']>['items'][number];
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
    askedAt: toShanghaiIso(askedAt),
    madeAt: madeAt && toShanghaiIso(madeAt),
    failure: status.state === 'failed' ? status.reason : null,
    report: report && {
      ...{ cases: report.cases, unread: report.unread, differing: report.differing },
      ...{ otherLevels: report.otherLevels, norms: byNorm(report.figures), units: byUnit(report.figures) },
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

/** @param asked only cases that differ in this norm, of this unit */
export const comparedCases = (
  list: readonly CaseDifference[],
  asked: { readonly norm?: string | undefined; readonly unit?: string | undefined },
  recusedFrom: readonly string[],
): Listed[] =>
  list
    .filter(({ no, duties }) => !recusedFrom.includes(no) && (isAny(asked) || duties.some(isOf(asked))))
    .map(({ no, duties, levels }) => ({ no, levels, duties: [...duties] }));

type Asked = Parameters<typeof comparedCases>[1];

const isAny = ({ norm, unit }: Asked): boolean => norm === undefined && unit === undefined;
const isOf =
  (asked: Asked) =>
  ({ norm, unit }: CaseDifference['duties'][number]): boolean =>
    (asked.norm === undefined || asked.norm === norm) && (asked.unit === undefined || asked.unit === unit);
