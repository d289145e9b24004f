/** The answers from which a new city's package is written: what each article of its law asks of whom. Runs in browsers. */
import { z } from 'zod';
import { purposes } from '../../../kernel/law.js';
import { extensionSchema, limitSchema, provisionPattern } from '../../../law/regulation/model/index.js';

const words = z.string().trim().min(1).max(500);
const day = z.iso.date();
const key = z.string().regex(/^[a-z]+(-[a-z]+)*$/, '小写字母的词，用连字符连起来');
const provision = z.string().regex(provisionPattern, '条款号写作 artN、artN.pM 或者 artN.pM.iK');

export const normSchema = z.strictObject({
  /** True: the program suggested it, and nobody has confirmed it yet. */
  suggested: z.literal(true).optional(),
  /** Where it stands; the whole article if not given. */
  at: z.array(provision).min(1).optional(),
  /** Binding, and how. */
  binding: z.enum(['shall', 'should', 'may', 'not']),
  who: z.array(key).min(1),
  /** In words; the text itself if not given. */
  says: words.optional(),
  /** The act of the program that it asks for … */
  does: key.optional(),
  /** … or why it is no act of the program. */
  outside: words.optional(),
  within: limitSchema.nullable().optional(),
  extension: extensionSchema.optional(),
  /** Purposes for which the program cites it, besides those of its act. */
  serves: z.array(z.enum(purposes)).optional(),
  /** In words: when it does not apply. */
  unless: words.optional(),
});

/** The norms of an article, or why it binds nobody in the hotline's work; null: not answered yet. */
export const articleSchema = z.union([words, z.array(normSchema).min(1), z.null()]);

export const answersSchema = z.strictObject({
  format: z.literal(1),
  city: z.strictObject({
    key: z.string().regex(/^[a-z][a-z0-9-]*$/, '小写字母开头的一个词'),
    /** Spellings of its name, which passwords must not contain. */
    names: z.array(words).min(1, '至少写一种'),
    /** The letter of its norms' numbers. */
    letter: z.string().regex(/^[A-Z]$/, '一个大写字母'),
  }),
  /** What the text does not say itself. */
  law: z
    .strictObject({
      title: words,
      version: z.string().regex(/^[0-9a-z.-]+$/),
      adoptedOn: day,
      approvedOn: day.nullable(),
      inForceFrom: day,
      source: words,
    })
    .partial()
    .default({}),
  /** What things are called, by placeholder (`caller`), and the parties of the law, by key. */
  titles: z.record(z.string(), words).default({}),
  parties: z.record(key, words).default({}),
  articles: z.record(provision, articleSchema),
});

export type Answers = z.output<typeof answersSchema>;
export type NormAnswer = z.output<typeof normSchema>;
