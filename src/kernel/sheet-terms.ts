/** `regulation/sheet.json` of a package, checked as a whole: kinds of requests and channels. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { SheetLists } from './law.js';
import { cityPackage } from './package-root.js';

const key = z.string().regex(/^[a-z][a-z0-9-]{0,19}$/, '应当是小写字母开头的字母、数字和 -,至多 20 个');
const name = z.string().trim().min(1).max(20);
const foreign = z.string().trim().min(1).max(60);

const kind = z.strictObject({
  key,
  name,
  names: z.strictObject({ en: foreign, fr: foreign, ru: foreign, de: foreign }),
  accuses: z.enum(['never', 'perhaps', 'always']),
  usual: z.boolean().optional(),
});

const channel = z.strictObject({
  key,
  name,
  short: name.optional(),
  way: z.enum(['telephone', 'mail', 'message', 'page']),
});

const unique = (list: readonly { readonly key: string }[]): boolean =>
  new Set(list.map((one) => one.key)).size === list.length;

const terms = z.strictObject({
  kinds: z
    .array(kind)
    .min(1)
    .max(30)
    .refine(unique, '有两类用了同一个 key')
    .refine((list) => list.filter(({ usual }) => usual).length === 1, '要有一类、只有一类写明 usual'),
  channels: z
    .array(channel)
    .min(1)
    .max(30)
    .refine(unique, '有两个渠道用了同一个 key')
    .refine(
      (list) => ['telephone', 'page'].every((way) => list.some((one) => one.way === way)),
      '要有电话(way 是 telephone)和网页(way 是 page)',
    ),
});

/** @throws {Error} what is wrong with it */
export const readSheetTerms = (root = cityPackage()): SheetLists =>
  terms.parse(JSON.parse(readFileSync(join(root, 'regulation', 'sheet.json'), 'utf8'))) as SheetLists;
