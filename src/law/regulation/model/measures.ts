/**
 * What a month counts of a sheet: data of a version, in terms of deeds and limits, which one
 * interpreter reads (`measures/assessment/facts.ts`). The program knows the measures' keys; the
 * package says which deeds they count.
 */
import { z } from 'zod';
import { commonMeasures } from '../../../kernel/law.js';
import { actSchema, clockKey, deedName, factName, type Act } from './deeds.js';
import { provisionPattern } from './provision-id.js';

/** The values in `caller.rated`. */
const ownRatings = ['satisfied', 'fair', 'dissatisfied'] as const;

const words = z.string().trim().min(1).max(500);

const decisionSchema = z.union([
  z.strictObject({
    /** Applies if any of these acts is done. */
    when: z.array(actSchema).min(1),
    met: z.boolean(),
    /** Not met if this limit passed before. */
    unlessPassed: clockKey.nullable().default(null),
  }),
  /** The caller rated the answer on their own initiative with one of these values, not in a follow-up call. */
  z.strictObject({ rated: z.array(z.enum(ownRatings)).min(1), met: z.boolean() }),
  /** Not met if the limit passed while a unit held the matter. */
  z.strictObject({ passed: clockKey }),
]);

const measureSchema = z.strictObject({
  label: words,
  /** The provision that it measures. */
  provision: z.string().regex(provisionPattern),
  /** In words: denominator, numerator, and the instant that assigns it to a month. */
  of: words,
  met: words,
  instant: words,
  /** Whether the monthly chart shows it. */
  trend: z.boolean().default(false),
  /** Each of these acts begins an item that counts once, by its first decision; empty: every decision counts. */
  opens: z.array(actSchema).default([]),
  /** The first rule that applies to an entry decides. Empty if it is not counted from sheets. */
  decided: z.array(decisionSchema).default([]),
  /** From these acts on, other rules decide. */
  instead: z
    .strictObject({ opens: z.array(actSchema).min(1), decided: z.array(decisionSchema).min(1) })
    .nullable()
    .default(null),
});

export const measuresSchema = z.strictObject({
  /** The deed and the fact that state the matter's kind. */
  kind: z.strictObject({ deed: deedName, fact: factName }),
  measures: z
    .record(
      z.string().regex(/^[a-z][A-Za-z]{0,30}$/, '量的 key 是字母，小写开头，至多 31 个：公式里以它引用'),
      measureSchema,
    )
    .refine(
      (measures) => commonMeasures.every((key) => key in measures),
      `要有 ${commonMeasures.join('、')}`,
    ),
});

export type Measures = z.output<typeof measuresSchema>;
export type Decision = z.output<typeof decisionSchema>;

/** Every act that the measures mention. */
export const actsOfMeasures = ({ kind, measures }: Measures): readonly Act[] => [
  { deed: kind.deed, facts: {} },
  ...Object.values(measures).flatMap(({ opens, decided, instead }) => [
    ...opens,
    ...(instead?.opens ?? []),
    ...[...decided, ...(instead?.decided ?? [])].flatMap((one) => ('when' in one ? one.when : [])),
  ]),
];
