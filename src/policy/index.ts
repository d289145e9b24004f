/** Policies: what the law leaves open and somebody decided. First cut: the decisions shipped in `regulation/policies.json`. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { packageRoot } from '../kernel/package-root.js';

const policySchema = z.object({ key: z.string(), value: z.union([z.string(), z.number(), z.boolean()]) });

/** The values in force at one instant. */
interface PolicyValues {
  /** Names the set of values: rises by one with every decision that has taken effect. */
  readonly version: number;
  /** The value in force, or undefined where there is no such policy. */
  value(key: string): string | undefined;
}

export interface Policies {
  at(instant: Date): PolicyValues;
}

export function createPolicies(file = join(packageRoot, 'regulation', 'policies.json')): Policies {
  const policies = z.array(policySchema).parse(JSON.parse(readFileSync(file, 'utf8')));
  const values = new Map(policies.map((policy) => [policy.key, String(policy.value)]));
  const shipped = { version: 1, value: (key: string) => values.get(key) };
  return { at: () => shipped };
}
