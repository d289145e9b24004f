import { Refusal } from '../../kernel/index.js';

export interface Open311Settings {
  /** Undefined: only one city is served, whatever jurisdiction the request names. */
  readonly jurisdiction: string | undefined;
  /** Origins whose pages may ask; `*`: any. */
  readonly origins: readonly string[];
  /** Contact for questions, and for a key. */
  readonly contact: string;
  /** Public URL of the program; undefined: the request's own URL. */
  readonly publicUrl: string | undefined;
}

/**
 * From `HOTLINE_OPEN311_JURISDICTION`, `HOTLINE_OPEN311_ORIGINS`, `HOTLINE_OPEN311_CONTACT` and `HOTLINE_PUBLIC_URL`.
 *
 * @throws {Refusal} `usage.invalid`
 */
export function open311Settings(environment: NodeJS.ProcessEnv = process.env): Open311Settings {
  const said = (name: string): string => environment[name]?.trim() ?? '';
  const origins = said('HOTLINE_OPEN311_ORIGINS')
    .split(/\s+/)
    .filter((origin) => origin !== '');
  const strange = origins.find(
    (origin) => origin !== '*' && !(URL.canParse(origin) && new URL(origin).origin === origin),
  );
  if (strange !== undefined) {
    throw new Refusal('usage.invalid', `HOTLINE_OPEN311_ORIGINS 里的“${strange.slice(0, 100)}”不是来源`, {
      remedy: '写成 https://map.example.org，不带路径，几个用空格隔开；或者写 *',
    });
  }
  return {
    jurisdiction: said('HOTLINE_OPEN311_JURISDICTION') || undefined,
    origins,
    contact: said('HOTLINE_OPEN311_CONTACT') || '拨打 12345',
    publicUrl: said('HOTLINE_PUBLIC_URL').replace(/\/$/, '') || undefined,
  };
}
