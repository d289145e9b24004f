/**
 * The path below which the program is reached (`HOTLINE_BASE_PATH`): several cities may share a
 * host name, each with its own path. It is empty if not set, and never ends with a slash, so that
 * it can precede any path.
 */
import { Refusal } from './refusal.js';

/** @throws {Refusal} `usage.invalid` unless it has the form `/weifang`, or if `HOTLINE_PUBLIC_URL` has another path */
export function basePath(environment: NodeJS.ProcessEnv = process.env): string {
  const path = (environment['HOTLINE_BASE_PATH']?.trim() ?? '').replace(/\/$/, '');
  if (path !== '' && !/^(\/[a-z0-9][a-z0-9-]*)+$/.test(path)) {
    throw new Refusal('usage.invalid', `HOTLINE_BASE_PATH 不能是“${path.slice(0, 100)}”`, {
      remedy: '例如 /weifang：以 / 开头，只用小写字母、数字和 -',
    });
  }
  const address = environment['HOTLINE_PUBLIC_URL']?.trim() ?? '';
  if (URL.canParse(address) && path !== '' && new URL(address).pathname.replace(/\/+$/, '') !== path) {
    throw new Refusal('usage.invalid', `HOTLINE_PUBLIC_URL 和 HOTLINE_BASE_PATH（${path}）对不上`, {
      remedy: `HOTLINE_PUBLIC_URL 写到路径为止，例如 https://12345.example.gov.cn${path}`,
    });
  }
  return path;
}
