/** The policies: article, possible values, and the shipped decision of each. */
import { z } from 'zod';
import { parseBusinessHours } from '../../calendar/index.js';
import { isCivilDate } from '../../kernel/civil-date.js';
import { packageJson, partsReference } from '../../kernel/package-content.js';
import { cityPackage } from '../../kernel/package-root.js';
import { reasonOf } from '../../kernel/reason-of.js';
import { Refusal } from '../../kernel/index.js';

const common = {
  key: z.string().regex(/^[a-z][A-Za-z]*$/),
  value: z.string(),
  label: z.string(),
  article: z.string(),
  author: z.string(),
  decidedOn: z.string().refine(isCivilDate),
  reason: z.string(),
  source: z.string(),
  /** P: a secondary source; R: an interpretation of the text; U: no source. */
  certainty: z.enum(['P', 'R', 'U']),
};

export const policySchema = z.discriminatedUnion('kind', [
  /** One of several choices, with their meanings in Chinese. */
  z.strictObject({ ...common, kind: z.literal('choice'), choices: z.record(z.string(), z.string()) }),
  /** A duration or number in whole units (`P5D`, `PT24H`, `P36M`, `5`) between `least` and `most`. */
  z.strictObject({
    ...common,
    kind: z.literal('length'),
    unit: z.enum(['working-days', 'natural', 'months', 'minutes', 'days', 'weeks', 'times']),
    least: z.number().int().default(1),
    /** The law that sets `least`, if any. */
    leastBy: z.string().optional(),
    most: z.number().int(),
  }),
  z.strictObject({ ...common, kind: z.literal('business-hours') }),
  z.strictObject({ ...common, kind: z.literal('count'), least: z.number().int(), most: z.number().int() }),
  /** Kinds of emergency: a name, with the words and class codes that indicate it. */
  z.strictObject({ ...common, kind: z.literal('emergencies') }),
]);

export type PolicyDefinition = z.infer<typeof policySchema>;

export interface Catalogue {
  readonly all: readonly PolicyDefinition[];
  /** @throws {Refusal} `policy.not-found` */
  named(key: string): PolicyDefinition;
  /** Whether the shipped decision is the base's, for every city; otherwise it is the city's. */
  isBase(key: string): boolean;
}

/** @throws {Error} if the shipped file is wrong: a fault of the build */
export function shippedPolicies(root = cityPackage()): Catalogue {
  const base = new Set<string>();
  const content = packageJson('regulation/policies.json', root, ({ record, from }) => {
    if (from === 'base') base.add(record.replace(/^.*\//, ''));
  });
  const { data: all, error } = z.array(policySchema).safeParse(content);
  if (error)
    throw new Refusal('package.invalid', reasonOf(error), {
      where: 'regulation/policies.json',
      remedy: `照上面说的改；各项可以写什么见 ${partsReference}`,
      cause: error,
    });
  for (const definition of all) checkValue(definition, definition.value);
  const byKey = new Map(all.map((definition) => [definition.key, definition]));
  return {
    all,
    isBase: (key) => base.has(key),
    named: (key) => {
      const found = byKey.get(key);
      if (found) return found;
      throw new Refusal('policy.not-found', `没有名为“${key}”的政策`, {
        remedy: `可以决定的政策：${[...byKey.keys()].join('、')}`,
      });
    },
  };
}

/** @throws {Refusal} `policy.invalid` */
export function checkValue(definition: PolicyDefinition, value: string): void {
  const wrong = (remedy: string, cause?: unknown) =>
    new Refusal('policy.invalid', `“${value}”不能是政策 ${definition.key}（${definition.label}）的值`, {
      where: 'value',
      remedy,
      cause,
    });
  switch (definition.kind) {
    case 'choice': {
      if (Object.hasOwn(definition.choices, value)) return;
      const choices = Object.entries(definition.choices).map(([name, meaning]) => `${name}（${meaning}）`);
      throw wrong(`可选的值：${choices.join('、')}`);
    }
    case 'length': {
      const { unit, least, leastBy, most } = definition;
      const count = lengthOf(value, unit);
      if (count !== undefined && count >= least && count <= most) return;
      const { name, pattern, example } = units[unit];
      const written = (length: number): string => pattern.replace('N', String(length));
      const floor = leastBy ? `；不得少于 ${least} ${name}：${leastBy}` : '';
      throw wrong(
        `写${name.replace('个', '')}数，${written(least)} 至 ${written(most)}，例如 ${example}${floor}`,
      );
    }
    case 'count': {
      const { least, most } = definition;
      if (/^\d{1,6}$/.test(value) && Number(value) >= least && Number(value) <= most) return;
      throw wrong(`写件数，${least} 至 ${most}`);
    }
    case 'emergencies':
      if (emergencies.test(value)) return;
      throw wrong(`写“${exampleOfEmergencies}”：名称=词、词，以分号隔开；词在标题里出现就算，#编码按分类算`);
    case 'business-hours':
      try {
        parseBusinessHours(value);
        return;
      } catch (cause) {
        if (cause instanceof Refusal) throw wrong(`${cause.message}；${cause.remedy ?? ''}`, cause);
        throw cause;
      }
  }
}

/** A value's meaning in Chinese; the value itself if the policy no longer allows it. */
export function meaningOf(definition: PolicyDefinition, value: string): string {
  switch (definition.kind) {
    case 'choice':
      return definition.choices[value] ?? value;
    case 'length': {
      const count = lengthOf(value, definition.unit);
      return count === undefined ? value : `${count} ${units[definition.unit].name}`;
    }
    case 'count':
      return `${value} 件`;
    case 'emergencies':
      return value.replaceAll(';', ';').replaceAll('=', ':');
    case 'business-hours':
      return value === 'none' ? '没有（一天到 24:00 为止，小时昼夜连续计算）' : value;
  }
}

/** `名称=词、词;名称=词`: words of one to twenty characters. */
const emergencies =
  /^[^\s=;\uff1b、#]{1,20}=#?[^\s=;\uff1b、#]{1,20}(?:、#?[^\s=;\uff1b、#]{1,20})*(?:[;\uff1b][^\s=;\uff1b、#]{1,20}=#?[^\s=;\uff1b、#]{1,20}(?:、#?[^\s=;\uff1b、#]{1,20})*)*$/u;
const exampleOfEmergencies = '供水=停水、爆管；燃气=漏气、#0203';

const units = {
  'working-days': { name: '个工作日', pattern: 'PND', example: 'P3D', read: /^P(\d{1,3})D$/ },
  natural: { name: '小时', pattern: 'PTNH', example: 'PT24H', read: /^PT(\d{1,3})H$/ },
  months: { name: '个月', pattern: 'PNM', example: 'P60M', read: /^P(\d{1,3})M$/ },
  minutes: { name: '分钟', pattern: 'PTNM', example: 'PT15M', read: /^PT(\d{1,3})M$/ },
  days: { name: '日', pattern: 'PND', example: 'P30D', read: /^P(\d{1,3})D$/ },
  weeks: { name: '周', pattern: 'PNW', example: 'P8W', read: /^P(\d{1,2})W$/ },
  times: { name: '次', pattern: 'N', example: '10000', read: /^(\d{1,8})$/ },
} as const;

function lengthOf(value: string, unit: keyof typeof units): number | undefined {
  const count = units[unit].read.exec(value)?.[1];
  return count === undefined ? undefined : Number(count);
}
