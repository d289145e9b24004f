/**
 * Determines which variables belong to the installation and which to one city: nothing of one city
 * may reach another.
 */
import { Refusal } from '../../kernel/index.js';

/** Variables of the machine, the same for everybody. Any other variable belongs to one city. */
const shared = [
  'HOTLINE_ATTACHMENT_MIB',
  'HOTLINE_ATTACHMENT_MOST',
  'HOTLINE_ATTACHMENT_MOST_OF_CALLER',
  'HOTLINE_ATTACHMENT_SHEET_MIB',
  'HOTLINE_CALLER_WORK',
  'HOTLINE_CITIES',
  'HOTLINE_CLAMD',
  'HOTLINE_CLOCK_TOLERANCE',
  'HOTLINE_DATA',
  'HOTLINE_DEBUG',
  'HOTLINE_LOG',
  'HOTLINE_LOG_LEVEL',
  'HOTLINE_LOG_SM2',
  'HOTLINE_MAP_ATTRIBUTION',
  'HOTLINE_MAP_TILES',
  'HOTLINE_METRICS_HOST',
  'HOTLINE_PORT',
  'HOTLINE_SMTP_URL',
  'HOTLINE_TRUST_PROXY',
  'HOTLINE_WEBHOOK_PRIVATE',
];

/** Variables set by other fields of the file, or by the gateway. */
const saidElsewhere = [
  'HOTLINE_BASE_PATH',
  'HOTLINE_CITIES',
  'HOTLINE_CITY_NAME',
  'HOTLINE_LOG',
  'HOTLINE_PACKAGE',
  'HOTLINE_PORT',
  'HOTLINE_POSTGRES',
  'HOTLINE_TRUST_PROXY',
];

/** Variables for running tests. */
const ofTests = /^HOTLINE_(TEST_|FUZZ_|SHOTS$)/;

export const isOfOneCity = (name: string): boolean =>
  /^(HOTLINE_[A-Z0-9_]+|DATABASE_URL|OTEL_[A-Z_]+)$/.test(name) && !saidElsewhere.includes(name);

/**
 * Refuses a variable for all cities that must belong to one: keys, a mailbox, an address.
 *
 * @throws {Refusal} `usage.invalid`
 */
export function assertShared(environment: NodeJS.ProcessEnv): void {
  const own = Object.keys(environment).filter(
    (name) =>
      name.startsWith('HOTLINE_') &&
      !shared.includes(name) &&
      !ofTests.test(name) &&
      environment[name]?.trim() !== '',
  );
  if (own.length === 0) return;
  throw new Refusal('usage.invalid', `${own.join('、')} 是一个城市自己的,不能给所有的城市`, {
    where: own[0] ?? '',
    remedy: '写进城市名单里那个城市的 settings(模式、条例包、路径写 key、package、path)',
  });
}

/** Two cities with the same value would share keys, files or letters. */
export const apart = [
  'HOTLINE_ANCHOR_FOLDER',
  'HOTLINE_ATTACHMENTS',
  'HOTLINE_ATTACHMENT_S3',
  'HOTLINE_DATA',
  'HOTLINE_EXPORTS',
  'HOTLINE_IMAP_URL',
  'HOTLINE_LOG_KEY_FILE',
  'HOTLINE_LOG_SIGNER',
  'HOTLINE_LOG_SM2_KEY_FILE',
  'HOTLINE_METRICS_PORT',
  'HOTLINE_PUBLIC_URL',
  'HOTLINE_VAULT_KEY_FILE',
];
