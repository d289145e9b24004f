/**
 * What the radar looks for: deeds, thresholds and words of the package (`regulation/radar.json`),
 * read and checked once. The code contains no threshold.
 */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { packageJson } from '../../kernel/package-content.js';
import { cityPackage } from '../../kernel/package-root.js';
import { actSchema } from '../../law/regulation/index.js';
import { patternKeys, type PatternKey } from './model/index.js';

/** Roles of a step for the radar; the package says which deeds have each role. */
const actNames = [
  'presented',
  'handed-over',
  'received',
  'returned',
  'replied',
  'answered',
  'extension-asked',
  'called-back',
  'satisfied',
  'adverse',
  'signed',
  'closed',
] as const;

export type ActName = (typeof actNames)[number];

const patternSchema = z
  .object({
    title: z.string().min(1),
    /** What the pattern examines. */
    looks: z.string().min(1),
    /** A sentence with the figures that accuses nobody. */
    sentence: z.string().min(1),
    /** Possible innocent explanations. */
    innocent: z.array(z.string().min(1)).min(1),
    /** Fewer occurrences are no pattern, however rare. */
    leastFound: z.int().min(1),
    leastOf: z.int().min(1),
    /** How many times the odds of everybody else a subject may have for legitimate reasons. */
    allowed: z.number().min(1),
  })
  .catchall(z.number());

const schema = z.strictObject({
  /** Examines sheets received within this many days. */
  days: z.int().min(1),
  /** Share of hypotheses that may be due to chance (Benjamini and Hochberg). */
  rate: z.number().gt(0).lt(1),
  /** Most entries that a hypothesis lists. */
  mostEntries: z.int().min(1),
  /** A package without a call-back has no acts and patterns of it; so for other optional parts. */
  acts: z.partialRecord(z.enum(actNames), z.array(actSchema).min(1)),
  /** Clocks of the regulation for which replies shortly before the end are examined. */
  limits: z.array(z.string().min(1)).min(1),
  /** Form fields with texts for callers. */
  texts: z.array(z.string().min(1)).default([]),
  /** Weights of the kinds of matters. */
  kinds: z.record(z.string(), z.int()),
  /** Kinds from this weight on count as weighty. */
  weighty: z.int(),
  /** What attachments must show to count as evidence of handling. */
  evidence: z.array(z.string().min(1)).min(1),
  patterns: z.partialRecord(z.enum(patternKeys), patternSchema),
});

export type RadarRules = z.output<typeof schema> & {
  /** SHA-256 of the merged content, hex. */
  readonly digest: string;
};

export type PatternRules = z.output<typeof patternSchema>;

/** @throws {Error} if the package does not have the pattern */
export function rulesOfPattern({ patterns }: RadarRules, pattern: PatternKey): PatternRules {
  const found = patterns[pattern];
  if (!found) throw new Error(`regulation/radar.json has no pattern ${pattern}`);
  return found;
}

/** By package. */
const read = new Map<string, RadarRules>();

/** @throws {Error} if the shipped file is wrong: a fault of the build */
export function radarRules(root = cityPackage()): RadarRules {
  const known = read.get(root);
  if (known) return known;
  const content = packageJson('regulation/radar.json', root);
  const digest = createHash('sha256').update(JSON.stringify(content)).digest('hex');
  const rules = { ...schema.parse(content), digest };
  read.set(root, rules);
  return rules;
}

/** A number specific to the pattern. @throws {Error} if the package lacks it: a fault of the build */
export function numberOf(rules: PatternRules, name: string): number {
  const value = rules[name];
  if (typeof value !== 'number') throw new Error(`regulation/radar.json has no ${name}`);
  return value;
}
