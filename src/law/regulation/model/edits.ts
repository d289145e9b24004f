/**
 * An amendment as a list of edits to the catalogue that it amends. The language is small on
 * purpose: what it cannot express (a new clock, deed or measure) comes with a new package. Runs in
 * browsers.
 */
import { z } from 'zod';
import { bearerKey, keysOf, normId, provision, words } from './content.js';
import { actSchema, clockKey, deedName } from './deeds.js';
import { limitSchema } from './limits.js';
import { modalities } from './words.js';

const fields = {
  bearers: z.array(bearerKey).min(1).max(15),
  modality: keysOf(modalities),
  says: words,
  trigger: words,
  limit: limitSchema.nullable(),
  exception: words.nullable(),
  /** Norms that remedy a violation, in legal order. */
  compensatedBy: z.array(normId).max(20),
};

/** Which deeds open the duty, and which lists of deeds discharge it. */
const rule = {
  opens: z.array(actSchema).min(1).max(20),
  discharged: z.array(z.array(actSchema).min(1).max(20)).max(20),
};

export const newNormSchema = z.strictObject({
  ...fields,
  /** Null if no case owes it. */
  duty: z.strictObject({ ...rule, clock: clockKey.nullable(), owedByHolder: z.boolean() }).nullable(),
  /** Why no element is needed; null if one is. */
  reason: words.nullable(),
});

export const editSchema = z.discriminatedUnion('edit', [
  /** Changes an article's heading, or the words of a paragraph or an item. */
  z.strictObject({ edit: z.literal('words'), provision, words }),
  z.strictObject({
    edit: z.literal('norm'),
    norm: normId,
    set: z.strictObject({ ...fields, ...rule, clock: clockKey.nullable() }).partial(),
  }),
  z.strictObject({ edit: z.literal('repeal'), norm: normId, reason: words }),
  /** Inserts an article after this one, as 第…条之一. */
  z.strictObject({
    edit: z.literal('article'),
    after: provision,
    heading: words,
    paragraphs: z.array(words).min(1).max(20),
    /** Norms of the first paragraph. */
    norms: z.array(newNormSchema).max(20),
    withoutNorm: words.nullable(),
  }),
  z.strictObject({
    edit: z.literal('level'),
    level: clockKey,
    set: z
      .strictObject({
        title: words,
        sign: words,
        light: z.enum(['normal', 'yellow', 'red']),
        /** Null: same as its title. */
        reported: words.nullable(),
      })
      .partial(),
  }),
  /** Changes who may do a deed: duties of office. */
  z.strictObject({ edit: z.literal('deed'), deed: deedName, by: z.array(clockKey).max(20) }),
]);

export type Edit = z.output<typeof editSchema>;

/** How a duty of a past case may differ under the law that results from the edits. */
export const differenceKinds = {
  new: '新有的义务',
  gone: '没有了',
  moved: '期限不同',
  'now-violated': '变成违反',
  'no-longer-violated': '变成不违反',
} as const;

export type DifferenceKind = keyof typeof differenceKinds;
