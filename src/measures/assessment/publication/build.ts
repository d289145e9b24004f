/** Builds a month's publication from its figures. Pure. */
import type { Law } from '../../../kernel/law.js';
import { rateOfCount, type Counts, type Figures } from '../figures.js';
import {
  measures,
  type Count,
  type MeasureKey,
  type MethodContent,
  type PublicationContent,
  type PublicationKind,
} from '../model/index.js';
import type { Period } from '../period.js';
import { publishableCount, withoutSmallCounts, type Cell } from './small-counts.js';
import type { PublicationTemplate } from './template.js';

export interface MonthFigures {
  readonly received: number;
  readonly intake: readonly { readonly heading: string; readonly cells: readonly Cell[] }[];
  readonly counts: Counts;
  readonly figures: readonly Figures[];
  readonly circulated: boolean;
}

export interface PublicationOrder {
  readonly kind: PublicationKind;
  readonly period: Period;
  readonly version: number;
  readonly correction: string | null;
  readonly threshold: number;
}

export function buildPublication(
  order: PublicationOrder,
  template: PublicationTemplate,
  /** Null for an intake report, which is no assessment. */
  method: MethodContent | null,
  month: MonthFigures,
  law: Law,
): PublicationContent {
  const { kind, period, threshold } = order;
  const [year = '', number = ''] = period.split('-');
  const isPublic = kind !== 'circular';
  const ranked = isPublic
    ? month.figures.filter(({ unit }) => isComparable(month, unit, threshold))
    : month.figures;
  const isRanked = method !== null && (!isPublic || month.circulated);
  return {
    ...order,
    title: template.titles[kind].replace('{月}', `${year} 年 ${Number(number)} 月`),
    issuer: template.issuer,
    documentNumber: null,
    issuedOn: null,
    channels: isPublic ? [...template.channels] : [],
    standards: isPublic ? [...template.standards] : [],
    steps: isPublic ? [...template.steps] : [],
    received: publishableCount(month.received, threshold),
    intake: month.intake.map(({ heading, cells }) => ({
      heading,
      cells: withoutSmallCounts(cells, threshold),
    })),
    measures: measures(law).flatMap(({ key, label, met: numerator, of: denominator }) => {
      const { met, of } = cityCount(month.counts, key);
      if (key === 'accepted' || of === 0) return [];
      const told = of >= threshold;
      const shown = told ? { met, of, rate: rateOfCount({ met, of }) } : { met: null, of: null, rate: null };
      return [{ label, meaning: `分母：${denominator}；分子：${numerator}`, ...shown }];
    }),
    groups: isRanked ? groupsOf(method, ranked, isPublic) : [],
    leftOut: isRanked ? month.figures.length - ranked.length : 0,
    cases: [],
  };
}

export function cityCount(counts: Counts, key: MeasureKey): Count {
  const of = Object.values(counts).map((unit) => unit[key] ?? { met: 0, of: 0 });
  return { met: of.reduce((sum, one) => sum + one.met, 0), of: of.reduce((sum, one) => sum + one.of, 0) };
}

/** A score based on very few sheets would reveal their results. */
const isComparable = ({ counts }: MonthFigures, unit: string, threshold: number): boolean =>
  (counts[unit]?.reply?.of ?? 0) >= threshold;

function groupsOf(
  { groups, indicators }: MethodContent,
  figures: readonly Figures[],
  isPublic: boolean,
): PublicationContent['groups'] {
  const named = [...groups, { key: null, label: '不参与排名' }];
  return named
    .map(({ key, label }) => ({
      label,
      units: figures
        .filter(({ group }) => group === key)
        .toSorted((one, other) => other.score - one.score)
        .map(({ unit, rank, score, poor, rates }) => ({
          unit,
          rank,
          score,
          poor,
          rates: isPublic
            ? []
            : indicators.map((one) => ({ label: one.label, rate: rates[one.key] ?? null })),
        })),
    }))
    .filter(({ units }) => units.length > 0);
}
