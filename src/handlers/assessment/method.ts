/**
 * The assessment method (考核办法, Art 31) as data: an approved document with a version. Rates and scores are
 * hundredths of a percent (0 to 10,000), so that every figure is an integer and is the same everywhere.
 */
import { z } from 'zod';
import type { JsonObject } from '../../kernel/index.js';
import { objectOf } from '../variables.js';

const indicatorSchema = z.object({
  key: z.string(),
  label: z.string(),
  /** Percent of the score; those of one method add up to 100. */
  weight: z.number().int().min(0).max(100),
  /** Whether a higher or a lower rate is better. */
  better: z.enum(['higher', 'lower']),
});

const methodSchema = z.object({
  version: z.string().min(1),
  approvedBy: z.string().nullable(),
  approvedOn: z.string().nullable(),
  indicators: z.array(indicatorSchema).min(1),
  /** A score below this is a poor result (Art 38 ¶2). */
  poorBelow: z.number().int(),
  /** A satisfaction rate below this is low (Art 38 ¶2). */
  satisfactionBelow: z.number().int(),
});

export type Method = z.infer<typeof methodSchema>;
export type Indicator = z.infer<typeof indicatorSchema>;

/** The method given to the case, or undefined where it is no complete method. */
export function methodOf(variables: JsonObject): Method | undefined {
  const result = methodSchema.safeParse(objectOf(variables, 'method'));
  if (!result.success) return undefined;
  const sum = result.data.indicators.reduce((total, indicator) => total + indicator.weight, 0);
  return sum === 100 ? result.data : undefined;
}

/** Art 31: in force only after the city government has approved it. */
export const isApproved = (method: Method): boolean => Boolean(method.approvedBy && method.approvedOn);
