/**
 * Sources of law beside the city's regulation: laws, circulars, the province's rules, standards. One file per source
 * in `regulation/sources/`, shared by all packages; `regulation/sources.json` of a package lists those that apply.
 * Runs in browsers: no Node imports.
 */
import { z } from 'zod';
import { clockKey, deedName } from '../model/deeds.js';

/** The highest first; the city's regulation ranks as `city`, its policies as `policy`. */
export const ranks = {
  law: '法律、行政法规',
  'state-council': '国务院文件',
  province: '省的规定',
  city: '市的条例',
  standard: '标准',
  policy: '政策',
} as const;

export type Rank = keyof typeof ranks;

/** How far the wording of a clause can be relied on. */
export const trusts = {
  gov: '政府、标准化机构的网页',
  press: '署名的报道',
  copy: '非官方的副本',
  weak: '生成的、商业的改写',
  scrambled: '句子打乱的副本',
} as const;

export const keepers = {
  system: '系统保证',
  people: '由人遵守',
  not: '没有做到',
  unknown: '不知道',
} as const;

const words = z.string().trim().min(1).max(500);
const listOf = <Item extends z.ZodType>(item: Item) => z.array(item).default([]);
const keysOf = <Key extends string>(titles: Readonly<Record<Key, string>>) =>
  z.enum(Object.keys(titles) as [Key, ...Key[]]);

/** A maximum for a clock of the city's law, for a policy, or for a clock that a policy measures. */
const limitSchema = z
  .strictObject({
    clock: clockKey.optional(),
    policy: z
      .string()
      .regex(/^[a-z][A-Za-z]*$/)
      .optional(),
    hours: z.number().int().min(1).max(9999).optional(),
    days: z.number().int().min(1).max(365).optional(),
    of: z.enum(['working', 'natural']).default('natural'),
    /** Ranks that this source allows to be laxer. */
    allows: listOf(keysOf(ranks)),
    /** Only what came in these ways; none: whatever way. Of a recommended limit. */
    ways: listOf(z.enum(['telephone', 'mail', 'message', 'page'])),
    /** How long before the recommended instant the holder is reminded; our own choice. */
    leadHours: z.number().int().min(0).max(999).default(0),
  })
  .refine(({ clock, policy }) => (clock ?? policy) !== undefined, '写明是哪个期限（clock）或者政策（policy）')
  .refine(({ hours, days }) => (hours === undefined) !== (days === undefined), '写 hours 或者 days，只写一个')
  .refine(
    ({ hours, days = 0, leadHours }) => leadHours < (hours ?? days * 24),
    'leadHours 要比期限短：还没有开始的不提醒',
  );

const evidenceSchema = z.strictObject({
  deeds: listOf(deedName),
  measures: listOf(z.string()),
  entries: listOf(z.string()),
  /** Paths of the console. */
  screens: listOf(z.string().regex(/^\/[a-z-]+$/)),
});

const clauseSchema = z
  .strictObject({
    id: z.string().regex(/^[a-z][a-z0-9-]*$/),
    /** Null if the number of the clause is not known. */
    place: words.nullable(),
    /** Our own words. */
    says: words,
    /** Where it was read. */
    source: words,
    trust: keysOf(trusts),
    kept: keysOf(keepers),
    evidence: evidenceSchema.default({ deeds: [], measures: [], entries: [], screens: [] }),
    /** Why the system does not keep it. */
    reason: words.nullable().default(null),
    limits: listOf(limitSchema),
  })
  .refine(
    ({ kept, reason }) => (kept === 'system') === (reason === null),
    '不由系统保证的写 reason，别的不写',
  )
  .refine(
    ({ kept, evidence }) => kept !== 'system' || Object.values(evidence).some((list) => list.length > 0),
    '由系统保证的写明凭据',
  )
  .refine(
    ({ trust, kept, limits }) =>
      (trust !== 'weak' && trust !== 'scrambled') || (kept === 'unknown' && limits.length === 0),
    '来源不可靠的只能是 unknown，不能写期限：不据以执行',
  );

export const sourceSchema = z
  .strictObject({
    key: z.string().regex(/^[a-z0-9-]+$/),
    title: words,
    rank: keysOf(ranks).exclude(['city', 'policy']),
    /** False for what is recommended: it reminds and is counted, and nobody violates it. */
    binding: z.boolean(),
    from: z.iso.date().nullable(),
    /** How much of the text is known. */
    status: words,
    clauses: z
      .array(clauseSchema)
      .min(1)
      .refine(
        (clauses) => new Set(clauses.map(({ id }) => id)).size === clauses.length,
        '有两条用了同一个 id',
      ),
  })
  .refine(
    ({ binding, clauses }) =>
      !binding || clauses.every(({ limits }) => limits.every((one) => one.ways.length + one.leadHours === 0)),
    'ways、leadHours 只写在推荐的来源里：有约束力的不靠提醒',
  );

export type Source = z.output<typeof sourceSchema>;
export type Clause = Source['clauses'][number];
export type SourceLimit = Clause['limits'][number];
