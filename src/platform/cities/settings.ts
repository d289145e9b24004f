/**
 * Determines which variables belong to the installation and which to one city: nothing of one city
 * may reach another.
 */
import { Refusal } from '../../kernel/index.js';
import described from './settings.json' with { type: 'json' };

/** One variable of the environment. */
interface Setting {
  /** Under this heading, in Chinese, in docs/reference/configuration.md. */
  readonly group: string;
  readonly about: string;
  /** What holds without it; not said where another variable asks for it. */
  readonly unset?: string;
  /** Of the machine, and the same for everybody; the others are one city's. */
  readonly shared?: boolean;
  /** Said by other fields of the file of cities, or of the gateway. */
  readonly elsewhere?: boolean;
  /** Two cities with the same value would share keys, files or letters. */
  readonly apart?: boolean;
}

export const settings: { readonly [name: string]: Setting } = described;

/** Variables for running tests. */
const ofTests = /^HOTLINE_(TEST_|FUZZ_|SHOTS$)/;

export const isOfOneCity = (name: string): boolean =>
  /^(HOTLINE_[A-Z0-9_]+|DATABASE_URL|OTEL_[A-Z_]+)$/.test(name) && settings[name]?.elsewhere !== true;

/**
 * Refuses a variable for all cities that must belong to one: keys, a mailbox, an address.
 *
 * @throws {Refusal} `usage.invalid`
 */
export function assertShared(environment: NodeJS.ProcessEnv): void {
  const own = Object.keys(environment).filter(
    (name) =>
      name.startsWith('HOTLINE_') &&
      settings[name]?.shared !== true &&
      !ofTests.test(name) &&
      environment[name]?.trim() !== '',
  );
  if (own.length === 0) return;
  throw new Refusal('usage.invalid', `${own.join('、')} 是一个城市自己的，不能给所有的城市`, {
    where: own[0] ?? '',
    remedy: '写进城市名单里那个城市的 settings（模式、条例包、路径写 key、package、path）',
  });
}

/** Two cities with one of these would share keys, files or letters. */
export const apart = Object.keys(settings).filter((name) => settings[name]?.apart === true);
