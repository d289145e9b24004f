/** Lists of a package, each checked as a whole: kinds of requests, channels, kinds of units. */
import { z } from 'zod';
import type { PackageLists } from './law.js';
import { packageJson } from './package-content.js';
import { partsAndRoles } from './package-roles.js';
import { cityPackage } from './package-root.js';

const key = z.string().regex(/^[a-z][a-z0-9-]{0,19}$/, '应当是小写字母开头的字母、数字和 -，至多 20 个');
const name = z.string().trim().min(1).max(20);
const foreign = z.string().trim().min(1).max(60);

const unique = (list: readonly { readonly key: string }[]): boolean =>
  new Set(list.map((one) => one.key)).size === list.length;

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

const choice = z.strictObject({ key, name: z.string().trim().min(1).max(60) });
const choices = z.array(choice).min(1).max(30).refine(unique, '有两项用了同一个 key');

const intake = z.strictObject({
  waysOut: z
    .array(
      choice.extend({
        kinds: z.array(key).min(1).optional(),
        asks: z.enum(['answer', 'unit', 'channel', 'emergency']).optional(),
      }),
    )
    .min(1)
    .max(30)
    .refine(unique, '有两种用了同一个 key')
    .refine((list) => {
      const asked = list.flatMap(({ asks }) => asks ?? []);
      return new Set(asked).size === asked.length;
    }, '同样的 asks 只能写在一种上'),
  bases: choices,
  procedures: choices,
});

const terms = z.strictObject({
  intake,
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
      '要有电话（way 是 telephone）和网页（way 是 page）',
    ),
});

const units = z.strictObject({
  kinds: z
    .array(z.strictObject({ key, name, is: z.enum(['hotline', 'district']).optional() }))
    .min(1)
    .max(30)
    .refine(unique, '有两种单位用了同一个 key')
    .refine(
      (list) => list.filter(({ is }) => is === 'hotline').length === 1,
      '要有一种、只有一种是热线工作机构（is 是 hotline）',
    ),
});

type SheetLists = Pick<PackageLists, 'kinds' | 'channels' | 'intake'>;

/** Reads `regulation/sheet.json`. @throws {Error} saying what is wrong with it */
export const readSheetLists = (root = cityPackage()): SheetLists =>
  terms.parse(packageJson('regulation/sheet.json', root)) as SheetLists;

/** Reads `regulation/units.json`. @throws {Error} saying what is wrong with it */
export const readUnitKinds = (root = cityPackage()): PackageLists['unitKinds'] =>
  (units.parse(packageJson('regulation/units.json', root)) as { readonly kinds: PackageLists['unitKinds'] })
    .kinds;

/** @throws {Error} saying what is wrong with the lists */
export const readPackageLists = (root = cityPackage()): PackageLists => ({
  ...readSheetLists(root),
  unitKinds: readUnitKinds(root),
  ...partsAndRoles(root),
});
