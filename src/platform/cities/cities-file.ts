/** The configuration of an installation with several cities: their names, addresses and own settings. */
import { readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { z } from 'zod';
import { Refusal } from '../../kernel/index.js';
import { databaseSettings, schemaNames } from '../database/index.js';
import { assertApart } from './apart.js';
import type { City } from './city.js';
import { assertShared, isOfOneCity } from './settings.js';

const name = z.string().trim().min(1).max(40);
const host = z.string().regex(/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/, '是主机名，小写，不带端口');
const path = z.string().regex(/^\/[a-z0-9][a-z0-9-]*$/, '以 / 开头，只用小写字母、数字和 -');

const cityPart = z
  .strictObject({
    name,
    host: host.optional(),
    path: path.optional(),
    package: z.string().min(1).optional(),
    settings: z.record(z.string(), z.string()).default({}),
  })
  .refine((city) => city.host !== undefined || city.path !== undefined, '要有 host 或者 path');

const fileSchema = z.strictObject({
  cities: z.record(z.string(), cityPart),
  province: z.strictObject({ name, path }).optional(),
});

/** The cities, and where the sums of their published figures are shown. */
export interface Installation {
  readonly cities: readonly City[];
  readonly province: { readonly name: string; readonly path: string } | undefined;
}

type CityPart = z.output<typeof cityPart>;

/**
 * @param environment of the whole installation
 * @throws {Refusal} `file.unreadable`, `input.invalid`, `usage.invalid`
 */
export function readCities(file: string, environment: NodeJS.ProcessEnv = process.env): Installation {
  assertShared(environment);
  const { cities, province } = parse(file);
  const read = Object.entries(cities).map(([key, part]) => cityOf(file, key, part, environment));
  if (read.length === 0) throw invalid(file, 'cities', '一个城市也没有');
  assertApart(file, read);
  if (read.some(({ path }) => path === province?.path)) throw invalid(file, 'province.path', '是一个城市的');
  return { cities: read, province };
}

function cityOf(file: string, key: string, part: CityPart, environment: NodeJS.ProcessEnv): City {
  try {
    schemaNames(key);
  } catch (cause) {
    throw invalid(
      file,
      `cities.${key}`,
      '城市的代号作模式名和文件夹名：小写字母开头，只用小写字母、数字和下划线',
      cause,
    );
  }
  // The name is taken by the embedded PostgreSQL's folder, beside the cities' folders.
  if (key === 'postgres') throw invalid(file, `cities.${key}`, '这个名称留给自带的数据库');
  const strange = Object.keys(part.settings).find((one) => !isOfOneCity(one));
  if (strange !== undefined)
    throw invalid(
      file,
      `cities.${key}.settings.${strange}`,
      '不是可以逐市设的变量，见 docs/reference/configuration.md',
    );
  const { directory } = databaseSettings(environment);
  return {
    key,
    name: part.name,
    host: part.host,
    path: part.path ?? '',
    environment: {
      ...environment,
      HOTLINE_CITY_NAME: part.name,
      HOTLINE_SCHEMA: key,
      HOTLINE_DATA: join(directory, key),
      HOTLINE_POSTGRES: directory,
      HOTLINE_BASE_PATH: part.path ?? '',
      ...(part.package === undefined ? {} : { HOTLINE_PACKAGE: resolve(dirname(file), part.package) }),
      ...part.settings,
    },
  };
}

function parse(file: string): z.output<typeof fileSchema> {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (cause) {
    throw new Refusal('file.unreadable', `城市的名单 ${file} 读不了`, { where: file, cause });
  }
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch (cause) {
    throw new Refusal('input.invalid', `${file} 不是合格的 JSON`, {
      where: file,
      remedy: '请检查引号、逗号和括号',
      cause,
    });
  }
  const read = fileSchema.safeParse(content);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  throw invalid(file, issue?.path.map(String).join('.') ?? '', issue?.message ?? '');
}

const invalid = (file: string, where: string, what: string, cause?: unknown): Refusal =>
  new Refusal('input.invalid', `${file} 的“${where}”：${what}`, {
    where: file,
    remedy: '写法见 docs/guide/several-cities.md',
    ...(cause === undefined ? {} : { cause }),
  });
