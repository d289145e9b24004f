/** Content of an assessment method. Runs in browsers: no Node imports. */
import { z } from 'zod';
import type { Law } from '../../../kernel/law.js';
import { listedKey } from '../../../kernel/listed-key.js';
import { measures } from './measures.js';

export const line = (longest: number) => z.string().trim().min(1).max(longest);
const key = z.string().regex(/^[a-z][A-Za-z0-9]{0,40}$/);

const indicatorSchema = z.strictObject({
  key,
  label: line(60),
  /** FEEL over the measures, each with `met` and `of`, for example `reply.met / reply.of`: from 0 to 1. */
  formula: line(1000),
  /** Whether a higher or a lower rate is better. */
  better: z.enum(['higher', 'lower']),
  /** Percent of the score; the weights of a method add up to 100. */
  weight: z.number().int().min(0).max(100),
  /** A rate worse than this fails; null for none. */
  threshold: z.number().int().min(0).max(10_000).nullable(),
});

/** Keys from the package's lists; the interface document resolves them under a law. */
interface Keys {
  readonly kind: z.ZodType<string, string>;
  readonly measure: z.ZodType<string, string>;
  readonly unitKind: z.ZodType<string, string>;
}

export const methodContentOf = ({ kind, measure, unitKind }: Keys) =>
  z.strictObject({
    title: line(200),
    indicators: z.array(indicatorSchema).min(1).max(30),
    exclusions: z
      .array(
        z.strictObject({
          /** Excluded measures … */
          measures: z.array(measure).min(1),
          /** … of sheets of these kinds. */
          kinds: z.array(kind).min(1),
          reason: line(500),
        }),
      )
      .max(50),
    /**
     * Measures for which a merged sheet counts together with its leading sheet; in other measures
     * each counts by itself.
     */
    mergedOnce: z.array(measure).default([]),
    /** Units are ranked within their group; units without a group are not ranked. */
    groups: z
      .array(
        z.strictObject({
          key,
          label: line(60),
          unitKinds: z.array(unitKind),
          /** Named units take precedence over kinds. */
          units: z.array(line(100)).max(500),
        }),
      )
      .max(30),
    /** FEEL over `score` and the indicators: whether a result is poor. */
    poor: line(1000),
  });

/** Accepts only keys in the lists. */
export const methodContentSchema = (law: Law) =>
  methodContentOf({
    kind: listedKey('类别', law.kinds),
    measure: listedKey(
      '考核的量',
      measures(law).map(({ key: name, label }) => ({ key: name, name: label })),
    ),
    unitKind: listedKey('单位的种类', law.unitKinds),
  });

export type MethodContent = z.output<ReturnType<typeof methodContentOf>>;
export type Indicator = MethodContent['indicators'][number];
