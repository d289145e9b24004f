/** What an assessment method says. Runs in the browser, too: no import from Node. */
import { z } from 'zod';
import { measureKeys } from './measures.js';

export const line = (longest: number) => z.string().trim().min(1).max(longest);
const key = z.string().regex(/^[a-z][A-Za-z0-9]{0,40}$/);
const kinds = ['consultation', 'help', 'suggestion', 'complaint', 'report'] as const;
const unitKinds = [
  'hotline',
  'general-office',
  'inspection',
  'district',
  'department',
  'enterprise',
] as const;

const indicatorSchema = z.strictObject({
  key,
  label: line(60),
  /** FEEL over the measures, each with `met` and `of`, for example `reply.met / reply.of`: from 0 to 1. */
  formula: line(1000),
  /** Whether a higher or a lower rate is better. */
  better: z.enum(['higher', 'lower']),
  /** Percent of the score; those of one method add up to 100. */
  weight: z.number().int().min(0).max(100),
  /** A rate worse than this falls short. Null for none. */
  threshold: z.number().int().min(0).max(10_000).nullable(),
});

const exclusionSchema = z.strictObject({
  /** What is not counted … */
  measures: z.array(z.enum(measureKeys)).min(1),
  /** … of sheets of these kinds (Art 3). */
  kinds: z.array(z.enum(kinds)).min(1),
  reason: line(500),
});

export const methodContentSchema = z.strictObject({
  title: line(200),
  indicators: z.array(indicatorSchema).min(1).max(30),
  exclusions: z.array(exclusionSchema).max(50),
  /** Units are ranked among those of their group; a unit of no group is not ranked. */
  groups: z
    .array(
      z.strictObject({
        key,
        label: line(60),
        unitKinds: z.array(z.enum(unitKinds)),
        /** By name, before the kind of the unit counts. */
        units: z.array(line(100)).max(500),
      }),
    )
    .max(30),
  /** FEEL over `score` and the indicators by key: what makes a result poor or satisfaction low (Art 38 ¶2). */
  poor: line(1000),
});

export type MethodContent = z.output<typeof methodContentSchema>;
export type Indicator = MethodContent['indicators'][number];
