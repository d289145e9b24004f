/**
 * What the law of a hotline can demand, act by act: data of the base package that a new city
 * extends (`packages/plain/acts.json`). Each act has the norm that an answer becomes, and the base's
 * records that are there for it.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { packageRoot } from '../../../kernel/package-root.js';

const key = z.string().regex(/^[a-z]+(-[a-z]+)*$/);

const actSchema = z.strictObject({
  title: z.string().min(1),
  /** Who usually has the duty or the right. */
  who: z.array(key).min(1),
  /** Words of a law that suggest the act. */
  signs: z.array(z.string().min(1)).default([]),
  /** Records of the base that only cities have whose law has the act, or another one that lists them. */
  records: z.array(z.string()).default([]),
  /** Purposes for which the program cites the act's provisions, and norms that name limits in differences. */
  purposes: z.array(z.string()).default([]),
  norms: z.array(z.string()).default([]),
  /** Fields of the norm that the answers do not give: `duty`, `evidence`, `kind`, `trigger` … */
  norm: z.looseObject({
    kind: z.string(),
    trigger: z.string(),
    duty: z.looseObject({ clock: z.string().optional() }).optional(),
  }),
  /** True: a city without it cannot take a call and have it answered. */
  needed: z.boolean().default(false),
  /** True: figures are counted by its limit, so the law must have one, if only in a word. */
  timed: z.boolean().default(false),
  /** What ends another act's duty without its being done. */
  voids: z.record(key, z.looseObject({ deed: z.string() })).default({}),
  /** True: each provision answered so is a ground of supervision. */
  supervises: z.boolean().default(false),
});

const playSchema = z.strictObject({
  name: z.string().regex(/^[a-z0-9-]+$/),
  title: z.string().min(1),
  /** Acts that the law must have, and acts that it must not. */
  needs: z.array(key).default([]),
  without: z.array(key).default([]),
  /** Acts whose provisions the scenario shows. */
  shows: z.array(key).min(1),
  /** What is given otherwise. */
  given: z.looseObject({}).default({}),
  /**
   * As in scenarios; `{norm:handle}` is the id of the act's norm, `{provision:handle}` its last provision.
   * `if`: the step is only there if the law has the act.
   */
  steps: z.array(z.looseObject({ if: key.optional() })).min(1),
});

const fileSchema = z.strictObject({
  /** The base that a new city extends, and the purposes for which it cites something itself. */
  extends: z.string(),
  purposes: z.array(z.string()),
  /** Usual parties of a law, by key, with their usual titles. */
  parties: z.record(key, z.string().min(1)),
  /** The deeds by which a limit is extended. */
  extension: z.strictObject({ asks: z.string(), grants: z.string() }),
  acts: z.record(key, actSchema),
  /** How plays begin: on a Monday without holidays near. */
  given: z.looseObject({ process: z.string(), at: z.string() }),
  plays: z.array(playSchema),
});

export type Acts = z.output<typeof fileSchema>;
export type LawAct = z.output<typeof actSchema>;
export type Play = z.output<typeof playSchema>;

/** @throws {z.ZodError} if the shipped file is damaged */
export const readActs = (): Acts =>
  fileSchema.parse(JSON.parse(readFileSync(join(packageRoot, 'packages', 'plain', 'acts.json'), 'utf8')));
