/** The limit of a norm as data, and in words. Runs in browsers. */
import { z } from 'zod';
import { isDefinite, type Limit, type LimitRule } from '../../../kernel/limit.js';
import { actSchema, deedName, factName, key } from './deed-words.js';

const deedFact = z.strictObject({ deed: deedName, fact: factName });
const count = z.number().int().min(1).max(366);
const amount = z
  .union([count, z.tuple([count, count]).refine(([least, most]) => least < most, '范围从小写到大')], {
    error: '写 1 至 366 的整数，或者从小到大的两个，例如 [3, 5]',
  })
  .optional();
const word = z.string().trim().min(1).max(20).optional();

const limitKeys = {
  days: amount,
  hours: amount,
  months: amount,
  of: z.enum(['working', 'natural']).optional(),
  chosen: deedFact.optional(),
  /** The same limit as another norm's. */
  as: z.string().optional(),
  /** The date that a deed told. */
  told: deedFact.optional(),
  before: deedFact.optional(),
  /** The length that a deed stated, and the fact that says who set it. */
  stated: z.strictObject({ ...deedFact.shape, by: factName.optional() }).optional(),
  /** The law's own word. */
  word,
  /** The policy that decides what the law leaves open. */
  policy: z
    .string()
    .regex(/^[a-z][A-Za-z]*$/)
    .optional(),
};

const sources = ['days', 'hours', 'months', 'as', 'told', 'stated', 'policy'] as const;

/** What is wrong with the combination of keys, in Chinese. */
function objections(limit: Limit): string[] {
  const said = sources.filter((key) => limit[key] !== undefined);
  const [source] = said;
  const isAmount = source === 'days' || source === 'hours' || source === 'months';
  const isRange = isAmount && Array.isArray(limit[source]);
  const faults: readonly (readonly [boolean, string])[] = [
    [said.length > 1, `期限只能有一个来源，不能同时写 ${said.join('、')}`],
    [!source && !limit.before && !limit.word, `期限没有写长短：写 ${sources.join('、')}、before 或者 word`],
    [(source === 'days' || source === 'policy') && !limit.of, '期限要写明是工作日还是自然日（of）'],
    [!!limit.of && !['days', 'policy', 'stated'].includes(source ?? ''), 'of 只用于 days、policy、stated'],
    [!!limit.chosen && !isRange, 'chosen 只用于范围'],
    [!!limit.before && !!source && !isAmount, 'before 只和 days、hours、months 一起写'],
  ];
  return faults.flatMap(([isWrong, why]) => (isWrong ? [why] : []));
}

/** Names unknown keys of a limit or an extension, and the known ones. */
const unknownKey = (issue: {
  readonly code?: string;
  readonly keys?: unknown;
  readonly inst?: unknown;
}): string | undefined =>
  issue.code === 'unrecognized_keys' && Array.isArray(issue.keys)
    ? `期限、延期不认得 ${issue.keys.join('、')}；可以写的是 ${Object.keys((issue.inst as z.ZodObject).shape).join('、')}`
    : undefined;

const checkKeys = (limit: Limit, context: z.RefinementCtx): void => {
  for (const message of objections(limit)) context.addIssue({ code: 'custom', message });
};

const one = z.strictObject(limitKeys, { error: unknownKey }).superRefine(checkKeys);
const { as: _as, ...listed } = limitKeys;
const conditional = z
  .strictObject({ when: actSchema.optional(), ...listed }, { error: unknownKey })
  .superRefine(checkKeys);

/** One limit, or a list of which the first applies whose `when` fits the latest deed of that name. */
export const limitSchema = z.union([one, z.array(conditional).min(2)], {
  error: ({ code, errors, input }) => {
    if (code !== 'invalid_union') return undefined;
    const issues = (errors as readonly (readonly z.core.$ZodIssue[])[])[Array.isArray(input) ? 1 : 0] ?? [];
    return issues.map(({ path, message }) => [path.join('.'), message].filter(Boolean).join('：')).join('；');
  },
});

/** When, by whom, how often and how far the limit may be extended. */
export const extensionSchema = z.strictObject(
  {
    asks: deedName,
    grants: deedName.optional(),
    grantedBy: key.optional(),
    days: count.optional(),
    of: z.literal('working').optional(),
    times: count.optional(),
    asked: z.literal('before-due').optional(),
    tells: z.string().optional(),
    inAll: one.optional(),
  },
  { error: unknownKey },
);

/** The limit in words. */
export function limitInWords(rule: LimitRule | null | undefined): string {
  if (!rule) return '没有规定';
  if (!Array.isArray(rule)) return oneInWords(rule as Limit);
  return (rule as readonly Limit[])
    .map((limit) => `${limit.when ? '合于所写情形的' : '其余'} ${oneInWords(limit)}`)
    .join('，');
}

function oneInWords(limit: Limit): string {
  const { of, as, told, before, stated, word, policy } = limit;
  if (!isDefinite(limit)) return `${word ?? '没有规定'}（${policy === undefined ? '没有数字' : '由政策定'}）`;
  if (word !== undefined) return word;
  if (as !== undefined) return `与 ${as} 相同`;
  if (told) return '所告知的日期';
  if (stated) return '所写明的时限';
  const range = limit.days ?? limit.hours ?? limit.months;
  const unit = limit.hours ? '小时' : limit.months ? '个月' : of === 'working' ? '个工作日' : '个自然日';
  const length = range === undefined ? '' : `${[range].flat().join(' 至 ')} ${unit}`;
  return before ? `所告知的日期${length && ` ${length}`}以前` : length;
}
