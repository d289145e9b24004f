/** Names of deeds and facts, and an act: a deed with its facts. Runs in browsers. */
import { z } from 'zod';

export const deedName = z.string().regex(/^[a-z]+(-[a-z]+)*\.[a-z]+(-[a-z]+)*$/);
export const factName = z.string().regex(/^[a-z][A-Za-z]*$/);
const value = z.union([z.string(), z.boolean(), z.number()]);
export const key = z.string().regex(/^[a-z]+(-[a-z]+)*$/);

/** The fact of a deed that names the ground of its proceeding: a provision. */
export const groundFact = 'ground';

/** A deed with the facts it must have: one value, or any of several. */
export const actSchema = z.strictObject({
  deed: deedName,
  facts: z.record(factName, z.union([value, z.array(value).min(1)])).default({}),
});
