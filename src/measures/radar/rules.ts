/**
 * What the radar looks for: deeds, thresholds and words of the package (`regulation/radar.json`), read and checked once.
 * No threshold is in code.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { cityPackage } from '../../kernel/package-root.js';
import { actSchema } from '../../law/regulation/index.js';
import { patternKeys, type PatternKey } from './model/index.js';

/** What a step may be to the radar; which deeds that are says the package. */
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
    /** What it looks at. */
    looks: z.string().min(1),
    /** Says the figures, and accuses nobody. */
    sentence: z.string().min(1),
    /** What may explain it. */
    innocent: z.array(z.string().min(1)).min(1),
    /** Fewer are no pattern, however rare. */
    leastFound: z.int().min(1),
    leastOf: z.int().min(1),
    /** How many times the odds of everybody else a subject may have for reasons of its own. */
    allowed: z.number().min(1),
  })
  .catchall(z.number());

const schema = z.strictObject({
  /** Sheets that came in within so many days are looked at. */
  days: z.int().min(1),
  /** Share of hypotheses that may be there by chance (Benjamini and Hochberg). */
  rate: z.number().gt(0).lt(1),
  /** Entries that a hypothesis lists. */
  mostEntries: z.int().min(1),
  acts: z.record(z.enum(actNames), z.array(actSchema).min(1)),
  /** Clocks of the regulation near whose end a reply is late in coming. */
  limits: z.array(z.string().min(1)).min(1),
  /** Fields of forms that hold what callers are told. */
  texts: z.array(z.string().min(1)).min(1),
  /** Weights of the kinds of matters. */
  kinds: z.record(z.string(), z.int()),
  /** Kinds from this weight on count as weighty. */
  weighty: z.int(),
  /** What attachments must show to be evidence of handling. */
  evidence: z.array(z.string().min(1)).min(1),
  patterns: z.record(z.enum(patternKeys), patternSchema),
});

export type RadarRules = z.output<typeof schema> & {
  /** SHA-256 of the file, hex. */
  readonly digest: string;
};

export type PatternRules = RadarRules['patterns'][PatternKey];

let read: RadarRules | undefined;

/** @throws {Error} if the shipped file is wrong: a fault of the build */
export function radarRules(): RadarRules {
  if (read) return read;
  const text = readFileSync(join(cityPackage(), 'regulation', 'radar.json'), 'utf8');
  const digest = createHash('sha256').update(text).digest('hex');
  return (read = { ...schema.parse(JSON.parse(text)), digest });
}

/** A number of the pattern's own. @throws {Error} if the package does not have it: a fault of the build */
export function numberOf(rules: PatternRules, name: string): number {
  const value = rules[name];
  if (typeof value !== 'number') throw new Error(`regulation/radar.json has no ${name}`);
  return value;
}
