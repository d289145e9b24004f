/** Keys from the package's lists. A schema names the list; `unlisted` checks the keys under a given law. */
import { z } from 'zod';
import type { Law, Purpose } from '../../kernel/law.js';
import { allKeysIn, cites, keysIn, listing, saidUnder, type PackageList } from './said-by-law.js';

interface Among {
  readonly list: PackageList;
  /** The refusal's text for a key that is not in the list. */
  readonly missing: string;
}

const among = z.registry<Among>();

/** @param missing the refusal's text for a key that is not in the list */
export const keyIn = (list: PackageList, missing: string) =>
  z
    .string()
    .register(among, { list, missing })
    .meta({ enum: [allKeysIn(list)] });

/** @param purpose the refusal cites its provisions */
export function packageKey(title: string, list: PackageList, purpose?: Purpose) {
  const called = purpose ? `${title}（${cites(purpose)}）` : title;
  return keyIn(list, `没有这个${called}`).describe(`${called}：${listing(list)}`);
}

export interface Unlisted {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

/**
 * Keys in the value that are not in their lists. Parts that do not fit the schema are skipped,
 * because parsing refuses them.
 */
export function unlisted(
  schema: z.core.$ZodType,
  value: unknown,
  law: Law,
  path: readonly PropertyKey[] = [],
): readonly Unlisted[] {
  const key = among.get(schema as z.ZodType);
  if (key) {
    if (typeof value !== 'string' || keysIn(key.list, law).includes(value)) return [];
    return [{ path, message: saidUnder(law, `${key.missing}；有的是 ${listing(key.list)}`) }];
  }
  if (schema instanceof z.ZodObject) {
    if (typeof value !== 'object' || value === null) return [];
    const given = value as Readonly<Record<string, unknown>>;
    return Object.entries<z.core.$ZodType>(schema.shape).flatMap(([name, of]) =>
      Object.hasOwn(given, name) ? unlisted(of, given[name], law, [...path, name]) : [],
    );
  }
  if (schema instanceof z.ZodArray) {
    if (!Array.isArray(value)) return [];
    return value.flatMap((one: unknown, index) => unlisted(schema.element, one, law, [...path, index]));
  }
  if (schema instanceof z.ZodUnion) {
    const taken = schema.options.find((option) => z.safeParse(option, value).success);
    return taken ? unlisted(taken, value, law, path) : [];
  }
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable || schema instanceof z.ZodDefault)
    return unlisted(schema.unwrap(), value, law, path);
  return schema instanceof z.ZodPipe ? unlisted(schema.in, value, law, path) : [];
}
