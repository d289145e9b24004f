/**
 * What a file of the catalogue says. One file a chapter, articles in their order, each with its paragraphs and items in
 * our own words, and the norms that a reader finds in it. Runs in the browser, too: no import from Node.
 */
import { z } from 'zod';
import { bearers, certainties, modalities, normKinds, relations } from './words.js';
import { provisionPattern } from './provision-id.js';

const keysOf = <Key extends string>(words: Readonly<Record<Key, string>>): z.ZodEnum<{ [K in Key]: K }> =>
  z.enum(Object.keys(words) as Key[]);

const words = z.string().trim().min(1).max(500);
const provision = z.string().regex(provisionPattern, '条款号写作 art24、art24.p1 或者 art24.p1.i2');
const normId = z.string().regex(/^J\d{2}[a-z]?$/, '义务的编号写作 J27、J26a');
const day = z.iso.date();

/** How long there is: a number of working days, a word of the law without a number, or what another statement fixes. */
const deadlineSchema = z.union([
  z.strictObject({ workingDays: z.number().int().min(1).max(365) }),
  z.strictObject({ standard: z.enum(['当场', '及时', '实时', '每月', '定期']) }),
  z.strictObject({ stated: z.enum(['reply', 'statutory']) }),
]);

/** What the text leaves open, and what is done about it: policies that decide it, or a note. */
const openPointSchema = z.strictObject({
  question: words,
  certainty: keysOf(certainties),
  policies: z.array(z.string().regex(/^[a-z][A-Za-z]*$/)).default([]),
  note: words.nullable().default(null),
});

const evidenceSchema = z.strictObject({
  /** Types of trail entries that show it. */
  events: z.array(z.string().regex(/^[a-z-]+\.[a-z-]+$/)),
  /** Answers that a form must ask for, required and kept as evidence. */
  fields: z.array(z.string().regex(/^[a-z][A-Za-z]*$/)),
});

const normBase = {
  id: normId,
  /** Where it stands; more than one where the law says one duty in several paragraphs. */
  provisions: z.array(provision).min(1),
  bearers: z.array(keysOf(bearers)).min(1),
  modality: keysOf(modalities),
  kind: keysOf(normKinds),
  says: words,
  trigger: words,
  deadline: deadlineSchema.nullable().default(null),
  /** When it does not apply, in words. */
  exception: words.nullable().default(null),
  /** Norms that do not apply, wholly or in part, where this one does. */
  exceptionOf: z.array(normId).default([]),
  /** What makes good its violation, in the order in which the law takes it up (a chain of reparation). */
  compensatedBy: z.array(normId).default([]),
  certainty: keysOf(certainties),
  evidence: evidenceSchema.default({ events: [], fields: [] }),
  openPoints: z.array(openPointSchema).default([]),
};

const normSchema = z.discriminatedUnion('enforceable', [
  z.strictObject({
    ...normBase,
    enforceable: z.literal(true),
    /** What an element must do with it, any one of these, so that the norm has its element. */
    coveredBy: z.array(keysOf(relations)).min(1).default(['fulfils']),
  }),
  z.strictObject({
    ...normBase,
    enforceable: z.literal(false),
    /** Why no element of a process is needed. */
    reason: words,
  }),
]);

const articleSchema = z.strictObject({
  article: z.number().int().min(1).max(999),
  /** What it is about, in a few words. */
  heading: words,
  paragraphs: z.array(z.strictObject({ words, items: z.array(words).default([]) })).min(1),
  norms: z.array(normSchema),
  /** Why nothing of it binds anybody, where it has no norm. */
  withoutNorm: words.nullable().default(null),
});

const versionSchema = z.strictObject({
  key: z.string().regex(/^[a-z0-9-]+$/),
  title: words,
  version: z.string().regex(/^[0-9a-z.-]+$/),
  adoptedOn: day,
  approvedOn: day.nullable(),
  /** First day in force, and the first day on which it no longer is. */
  inForceFrom: day,
  inForceTo: day.nullable(),
  /** How many articles it has. */
  articles: z.number().int().min(1),
  source: words,
});

export const catalogueContentSchema = z.strictObject({
  version: versionSchema,
  chapters: z
    .array(
      z.strictObject({
        chapter: z.number().int().min(1),
        title: words,
        articles: z.array(articleSchema).min(1),
      }),
    )
    .min(1),
});

export type CatalogueContent = z.output<typeof catalogueContentSchema>;
/** One version of one regulation. Since when it is known here is kept with it in the database. */
export type RegulationVersion = z.output<typeof versionSchema>;
export type Norm = z.output<typeof normSchema>;
