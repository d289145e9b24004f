/** Settings of the city's identity provider. */
import { readFileSync } from 'node:fs';
import { Refusal } from '../kernel/index.js';

export interface OidcSettings {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** This program's public address, without trailing slash. */
  readonly publicUrl: string;
  /** If set, one of these authentication contexts is required. */
  readonly acr: readonly string[];
}

/**
 * From `HOTLINE_OIDC_ISSUER`, `HOTLINE_OIDC_CLIENT_ID`, `HOTLINE_OIDC_CLIENT_SECRET` or `…_SECRET_FILE`,
 * `HOTLINE_PUBLIC_URL` and `HOTLINE_OIDC_ACR`; undefined without an issuer.
 *
 * @throws {Refusal} `usage.invalid`; never repeats the secret
 */
export function oidcSettings(environment: NodeJS.ProcessEnv = process.env): OidcSettings | undefined {
  const said = (name: string): string => environment[name]?.trim() ?? '';
  const issuer = said('HOTLINE_OIDC_ISSUER');
  if (issuer === '') return undefined;
  const needed = (name: string, value: string): string => {
    if (value !== '') return value;
    throw new Refusal('usage.invalid', `设了 HOTLINE_OIDC_ISSUER，没有设 ${name}`, {
      remedy: '写法见 docs/identity.md',
    });
  };
  return {
    issuer: secureUrl('HOTLINE_OIDC_ISSUER', issuer),
    clientId: needed('HOTLINE_OIDC_CLIENT_ID', said('HOTLINE_OIDC_CLIENT_ID')),
    clientSecret: needed(
      'HOTLINE_OIDC_CLIENT_SECRET_FILE',
      said('HOTLINE_OIDC_CLIENT_SECRET') || secretIn(said('HOTLINE_OIDC_CLIENT_SECRET_FILE')),
    ),
    publicUrl: secureUrl(
      'HOTLINE_PUBLIC_URL',
      needed('HOTLINE_PUBLIC_URL', said('HOTLINE_PUBLIC_URL')),
    ).replace(/\/+$/, ''),
    acr: said('HOTLINE_OIDC_ACR').split(/\s+/).filter(Boolean),
  };
}

/** HTTPS, except for the local machine. */
function secureUrl(name: string, text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopback(url))) return text;
  throw new Refusal('usage.invalid', `${name} 须是 https 的网址`, {
    remedy: '例如 https://sso.example.gov.cn',
  });
}

export const isLoopback = ({ hostname }: URL): boolean =>
  /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname);

function secretIn(file: string): string {
  if (file === '') return '';
  try {
    return readFileSync(file, 'utf8').trim();
  } catch (cause) {
    throw new Refusal('usage.invalid', `HOTLINE_OIDC_CLIENT_SECRET_FILE 所指的文件 ${file} 读不了`, {
      cause,
    });
  }
}
