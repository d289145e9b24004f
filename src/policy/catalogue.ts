/** What may be decided: each policy with its article, the values that it may have, and the decision that is shipped. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { isCivilDate, parseBusinessHours } from '../calendar/index.js';
import { packageRoot } from '../kernel/package-root.js';
import { Refusal } from '../kernel/index.js';

const common = {
  key: z.string().regex(/^[a-z][A-Za-z]*$/),
  /** The decision that is shipped. */
  value: z.string(),
  label: z.string(),
  article: z.string(),
  author: z.string(),
  decidedOn: z.string().refine(isCivilDate),
  reason: z.string(),
  source: z.string(),
  /** P: a secondary source; R: a reading of the text; U: no source. */
  certainty: z.enum(['P', 'R', 'U']),
};

const definitionSchema = z.discriminatedUnion('kind', [
  /** One of several, each with its meaning in Chinese. */
  z.strictObject({ ...common, kind: z.literal('choice'), choices: z.record(z.string(), z.string()) }),
  /** Whole working days (`P5D`) or hours (`PT24H`), at least one, at most `most`. */
  z.strictObject({
    ...common,
    kind: z.literal('length'),
    unit: z.enum(['working-days', 'natural']),
    most: z.number().int(),
  }),
  z.strictObject({ ...common, kind: z.literal('business-hours') }),
]);

export type PolicyDefinition = z.infer<typeof definitionSchema>;

export interface Catalogue {
  readonly all: readonly PolicyDefinition[];
  /** @throws {Refusal} `policy.not-found` */
  named(key: string): PolicyDefinition;
}

/** @throws {Error} where the shipped file is not as it must be: no input of a user's */
export function shippedPolicies(): Catalogue {
  const text = readFileSync(join(packageRoot, 'regulation', 'policies.json'), 'utf8');
  const all = z.array(definitionSchema).parse(JSON.parse(text));
  for (const definition of all) checkValue(definition, definition.value);
  const byKey = new Map(all.map((definition) => [definition.key, definition]));
  return {
    all,
    named: (key) => {
      const found = byKey.get(key);
      if (found) return found;
      throw new Refusal('policy.not-found', `没有名为“${key}”的政策`, {
        remedy: `可以决定的政策:${[...byKey.keys()].join('、')}`,
      });
    },
  };
}

/** @throws {Refusal} `policy.invalid` for a value that the policy cannot have */
export function checkValue(definition: PolicyDefinition, value: string): void {
  const wrong = (remedy: string, cause?: unknown) =>
    new Refusal('policy.invalid', `“${value}”不能是政策 ${definition.key}(${definition.label})的值`, {
      where: 'value',
      remedy,
      cause,
    });
  switch (definition.kind) {
    case 'choice': {
      if (Object.hasOwn(definition.choices, value)) return;
      const choices = Object.entries(definition.choices).map(([name, meaning]) => `${name}(${meaning})`);
      throw wrong(`可选的值:${choices.join('、')}`);
    }
    case 'length': {
      const { unit, most } = definition;
      const count = lengthOf(value, unit);
      if (count !== undefined && count >= 1 && count <= most) return;
      throw wrong(
        unit === 'working-days'
          ? `写工作日数,P1D 至 P${most}D,例如 P3D`
          : `写小时数,PT1H 至 PT${most}H,例如 PT24H`,
      );
    }
    case 'business-hours':
      try {
        parseBusinessHours(value);
        return;
      } catch (cause) {
        if (cause instanceof Refusal) throw wrong(`${cause.message};${cause.remedy ?? ''}`, cause);
        throw cause;
      }
  }
}

/** What a value means, in Chinese; the value itself where the policy cannot have it (any more). */
export function meaningOf(definition: PolicyDefinition, value: string): string {
  switch (definition.kind) {
    case 'choice':
      return definition.choices[value] ?? value;
    case 'length': {
      const count = lengthOf(value, definition.unit);
      if (count === undefined) return value;
      return definition.unit === 'working-days' ? `${count} 个工作日` : `${count} 小时`;
    }
    case 'business-hours':
      return value === 'none' ? '没有(一天到 24:00 为止,小时昼夜连续计算)' : value;
  }
}

function lengthOf(value: string, unit: 'working-days' | 'natural'): number | undefined {
  const count = (unit === 'working-days' ? /^P(\d{1,3})D$/ : /^PT(\d{1,3})H$/).exec(value)?.[1];
  return count === undefined ? undefined : Number(count);
}
