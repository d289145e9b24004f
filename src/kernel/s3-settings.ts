/** Address and key of a store that speaks S3, from the environment. */
import { readFileSync } from 'node:fs';
import { Refusal } from './refusal.js';

export interface S3Settings {
  /** URL of bucket and prefix, without a trailing slash. */
  readonly url: string;
  readonly region: string;
  readonly keyId: string;
  readonly secret: string;
}

/**
 * Reads the variable, and the one with the suffix `_SECRET_FILE`; undefined without an address.
 *
 * @throws {Refusal} `usage.invalid`; never repeats the secret
 */
export function s3SettingsOf(variable: string, environment: NodeJS.ProcessEnv): S3Settings | undefined {
  const text = environment[variable]?.trim();
  if (!text) return undefined;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const path = url?.pathname.replace(/\/+$/, '') ?? '';
  if (!url || !/^https?:$/.test(url.protocol) || path === '' || url.username === '' || url.password !== '') {
    throw new Refusal('usage.invalid', `${variable} 不是有效的地址`, {
      remedy: `写成 https://访问标识@主机/桶/前缀?region=区域;口令不写在这里，写在 ${variable}_SECRET_FILE 指的文件里`,
    });
  }
  return {
    url: `${url.origin}${path}`,
    region: url.searchParams.get('region') ?? 'us-east-1',
    keyId: decodeURIComponent(url.username),
    secret: secretIn(`${variable}_SECRET_FILE`, environment),
  };
}

function secretIn(variable: string, environment: NodeJS.ProcessEnv): string {
  const file = environment[variable]?.trim() ?? '';
  try {
    const secret = readFileSync(file, 'utf8').trim();
    if (secret !== '') return secret;
  } catch {
    // Reported below, because the cause may contain the path of a secret.
  }
  throw new Refusal('usage.invalid', `${variable} 指的文件读不了，或者是空的`, {
    remedy: '把访问口令写进一个只有程序的用户可读的文件，写明它的路径',
  });
}
