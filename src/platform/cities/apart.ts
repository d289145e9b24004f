import { Refusal } from '../../kernel/index.js';
import type { City } from './city.js';
import { apart } from './settings.js';

/**
 * Checks that each city has an address, a schema and folders of its own.
 *
 * @throws {Refusal} `input.invalid`
 */
export function assertApart(file: string, cities: readonly City[]): void {
  const told: readonly (readonly [what: string, of: (city: City) => string | undefined])[] = [
    ['地址', ({ host = '', path }) => `${host}${path}`],
    ['模式', ({ environment: { DATABASE_URL = '', HOTLINE_SCHEMA } }) => `${DATABASE_URL} ${HOTLINE_SCHEMA}`],
    ...apart.map((name) => [name, ({ environment }: City) => environment[name]] as const),
  ];
  for (const [what, of] of told) {
    const seen = new Map<string, City>();
    for (const city of cities) {
      const value = of(city);
      if (value === undefined || value === '') continue;
      const other = seen.get(value);
      if (other) throw shared(file, city, other, what);
      seen.set(value, city);
    }
  }
  for (const city of cities) {
    const around = cities.find((other) => other !== city && other.path === '' && other.host === city.host);
    if (around) throw shared(file, city, around, '地址');
  }
}

const shared = (file: string, city: City, other: City, what: string): Refusal =>
  new Refusal('input.invalid', `${file}：“${city.name}”和“${other.name}”的${what}是同一个`, {
    where: file,
    remedy: '每个城市的地址、模式、数据目录、密钥、附件、信箱各是各的',
  });
