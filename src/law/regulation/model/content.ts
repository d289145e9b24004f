/**
 * Schema of a catalogue file: one per chapter, articles with their paragraphs and items in our own words, and the norms
 * found in them. Runs in browsers: no Node imports.
 */
import { z } from 'zod';
import { checkedNorms, foreignLanguages, purposes } from '../../../kernel/law.js';
import { certainties, modalities, normKinds, relations } from './words.js';
import {
  actSchema,
  clockKey as key,
  deedName,
  dutySchema,
  factName,
  powerSchema,
  vocabularySchema,
} from './deeds.js';
import { extensionSchema, limitSchema } from './limits.js';
import { measuresSchema } from './measures.js';
import { provisionPattern } from './provision-id.js';

export const keysOf = <Key extends string>(
  words: Readonly<Record<Key, string>>,
): z.ZodEnum<{ [K in Key]: K }> => z.enum(Object.keys(words) as Key[]);

export const words = z.string().trim().min(1).max(500);
export const provision = z
  .string()
  .regex(provisionPattern, '条款号写作 artN（条）、artN.pM（款）或者 artN.pM.iK（项）');
/** A bearer for whom the program, or the version itself (`titles.bearers`), has a title. */
export const bearerKey = z.string().regex(/^[a-z]+(-[a-z]+)*$/);
export const normId = z
  .string()
  .regex(/^[A-Z]\d{2}[a-z]?$/, '义务的编号是一个大写字母和两位数字，后面可以有一个小写字母');
const day = z.iso.date();

/** A point that the text leaves open: the policies that decide it, or a note. */
const openPointSchema = z.strictObject({
  question: words,
  certainty: keysOf(certainties),
  policies: z.array(z.string().regex(/^[a-z][A-Za-z]*$/)).default([]),
  note: words.nullable().default(null),
});

const evidenceSchema = z.strictObject({
  /** Entry types that prove it. */
  events: z.array(z.string().regex(/^[a-z-]+\.[a-z-]+$/)),
  /** Form fields that prove it: required and kept as evidence. */
  fields: z.array(factName),
  /** Deeds whose forms must ask for the fields, whatever the element is linked to. */
  deeds: z.array(deedName).default([]),
  /** Fields that prove it only of some acts: a form that does one is refused without them. */
  conditional: z.array(z.strictObject({ when: actSchema, fields: z.array(factName).min(1) })).default([]),
});

/** All fields that prove the norm. */
export const provingFields = ({
  fields,
  conditional,
}: z.output<typeof evidenceSchema>): readonly string[] => [
  ...fields,
  ...conditional.flatMap((one) => one.fields),
];

const normBase = {
  id: normId,
  /** Several if the law states a duty in several paragraphs. */
  provisions: z.array(provision).min(1),
  bearers: z.array(bearerKey).min(1),
  modality: keysOf(modalities),
  kind: keysOf(normKinds),
  says: words,
  trigger: words,
  limit: limitSchema.nullable().default(null),
  extension: extensionSchema.nullable().default(null),
  /** The exception in words. */
  exception: words.nullable().default(null),
  /** Norms that do not apply, wholly or in part, where this one does. */
  exceptionOf: z.array(normId).default([]),
  /** The deed from which on this norm takes the place of those; null if their deeds already exclude each other. */
  when: actSchema.nullable().default(null),
  /** `deed`: an earlier violation remains; `start`: none remains, since the exception was true all along. */
  from: z.enum(['deed', 'start']).default('deed'),
  /** Deeds that the norm, which says what must not be done, forbids. */
  forbids: z.array(actSchema).default([]),
  /** `refuse`: the step is not done; `record`: its entry notes the norm. */
  then: z.enum(['refuse', 'record']).default('refuse'),
  /** The party that may demand it, and the deed by which it does. */
  claimant: key.nullable().default(null),
  demand: deedName.nullable().default(null),
  /** Norms that remedy a violation, in legal order. */
  compensatedBy: z.array(normId).default([]),
  certainty: keysOf(certainties),
  evidence: evidenceSchema.default({ events: [], fields: [], deeds: [], conditional: [] }),
  openPoints: z.array(openPointSchema).default([]),
  /** When a case owes the duty, and when it is done; null if no case does. */
  duty: dutySchema.nullable().default(null),
  /** Why no case owes what binds all the same (`shall`). */
  unowed: words.nullable().default(null),
  /** Set for what the law permits without requiring it. */
  power: powerSchema.nullable().default(null),
};

const normSchema = z.discriminatedUnion('enforceable', [
  z.strictObject({
    ...normBase,
    enforceable: z.literal(true),
    /** Relations of an element to the norm (any of these) that cover it. */
    coveredBy: z.array(keysOf(relations)).min(1).default(['fulfils']),
  }),
  z.strictObject({
    ...normBase,
    enforceable: z.literal(false),
    /** Why no process element is needed. */
    reason: words,
  }),
]);

const articleSchema = z.strictObject({
  article: z.number().int().min(1).max(999),
  /** For an article that an amendment inserted: its ordinal after this article (第…条之一); null for the article itself. */
  inserted: z.number().int().min(1).max(99).nullable().default(null),
  /** Heading of the section of its chapter that begins with this article. */
  section: words.optional(),
  heading: words,
  paragraphs: z.array(z.strictObject({ words, items: z.array(words).default([]) })).min(1),
  norms: z.array(normSchema),
  /** Why it binds nobody, if it has no norm. */
  withoutNorm: words.nullable().default(null),
});

const versionSchema = z.strictObject({
  key: z.string().regex(/^[a-z0-9-]+$/),
  title: words,
  version: z.string().regex(/^[0-9a-z.-]+$/),
  adoptedOn: day,
  approvedOn: day.nullable(),
  /** First day in force, and first day no longer in force. */
  inForceFrom: day,
  inForceTo: day.nullable(),
  /** How many articles the law has; null if the package has only those that concern the hotline. */
  articles: z.number().int().min(1).nullable().default(null),
  source: words,
});

const titlesOf = z.record(z.string().regex(/^[a-z]+(-[a-z]+)*$/), words).default({});

const foreignTitles = z.strictObject({ service: words, hotline: words, office: words }).partial();

/** What the program needs from every version (`src/kernel/law.ts`). */
const purposesSchema = z.strictObject({
  /** Spellings of the city's name, which a password must not contain. */
  city: z.array(words).min(1),
  /** Levels of escalation, the mildest first. */
  levels: z
    .array(
      z.strictObject({
        key: z.string().regex(/^[a-z][a-z-]*$/),
        title: words,
        reported: words.optional(),
        sign: words,
        light: z.enum(['normal', 'yellow', 'red']),
        process: z.string().optional(),
      }),
    )
    .min(1),
  /** The city's titles of roles and bearers, if they differ from the program's. */
  titles: z
    .strictObject({
      roles: titlesOf,
      bearers: titlesOf,
      sheet: words.optional(),
      hotline: words.optional(),
      district: words.optional(),
      words: z.record(words, words).optional(),
      foreign: z.partialRecord(z.enum(foreignLanguages), foreignTitles).optional(),
      acts: z
        .record(z.string().regex(/^[a-z]+(-[a-z]+)*$/), z.strictObject({ word: words, about: words }))
        .optional(),
    })
    .default({ roles: {}, bearers: {} }),
  norms: z.partialRecord(z.enum(checkedNorms), z.array(normId).min(1)).default({}),
  /** Wording of supervision orders, by the deed that issues one; and the grounds of supervision. */
  supervision: z
    .strictObject({
      orders: z
        .array(
          z.strictObject({
            deed: deedName,
            short: words,
            title: words,
            issuer: words,
            /** What follows if the order is not obeyed. */
            after: words,
          }),
        )
        .min(1),
      grounds: z.array(z.strictObject({ provision, says: words })).min(1),
    })
    .default({ orders: [], grounds: [] }),
  /** Who approves the assessment method before it applies. */
  methodApproval: z.enum(['government', 'none']).default('government'),
  /** A city names those that it has; the check says which its parts ask for. */
  purposes: z.partialRecord(
    z.enum(purposes),
    z.union([z.array(provision).min(1), z.strictObject({ provisions: z.array(provision), cited: words })]),
  ),
});

/** Laws, regulations and rules that set a limit of their own (`duty:field` with `list="legal-bases"`). */
const legalBasisSchema = z.strictObject({
  title: words,
  article: words,
  rank: z.enum(['法律', '行政法规', '地方性法规', '规章']),
  length: z.string().regex(/^P\d{1,3}D$/),
  unit: z.enum(['working-days', 'natural']),
  start: z.enum(['handed-over']),
  says: words,
  source: words,
  certainty: keysOf(certainties),
});

export const catalogueContentSchema = z.strictObject({
  version: versionSchema,
  vocabulary: vocabularySchema,
  measures: measuresSchema,
  purposes: purposesSchema,
  legalBases: z.array(legalBasisSchema).default([]),
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

/** The content with all defaults filled in. @throws {z.ZodError} */
export const contentOf = (content: unknown): CatalogueContent => catalogueContentSchema.parse(content);

export type CatalogueContent = z.output<typeof catalogueContentSchema>;
/** One version of a regulation. The database also stores when it became known. */
export type RegulationVersion = z.output<typeof versionSchema>;
export type Norm = z.output<typeof normSchema>;
