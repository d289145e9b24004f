/**
 * Whom a clue accuses: a unit, a person of the hotline (agent) or of another unit (official), by a
 * key and never by a personal name, or nobody known yet. Also runs in browsers.
 */
import { unitName } from './unit-name.js';

export const accusedKinds = ['unit', 'agent', 'official'] as const;
type AccusedKind = (typeof accusedKinds)[number];

export interface Accused {
  readonly kind: AccusedKind;
  /** A unit's name, or a person's log-in name. */
  readonly key: string;
}

/** The duties in roles.json of who corrects (the accused's own body) and of who orders it (its superior). */
export const correcting = 'body';
export const ordering = 'superior';
export const ofAccused: readonly string[] = [correcting, ordering];

export const unknownAccused = 'unknown';

/** The unit or person; undefined for `unknown` and for texts that are no accused. */
export function accusedIn(written: unknown): Accused | undefined {
  if (typeof written !== 'string') return undefined;
  const [kind, ...rest] = written.split(':');
  const key = rest.join(':');
  const known = accusedKinds.find((one) => one === kind);
  return known === undefined || key === '' || /\s/.test(key) ? undefined : { kind: known, key };
}

export const isAccused = (written: unknown): boolean =>
  written === unknownAccused || accusedIn(written) !== undefined;

export const accusedText = ({ kind, key }: Accused): string =>
  `${kind}:${kind === 'unit' ? unitName(key) : key}`;

/** The accused that a form, a handler or, without a clue, the holder of the matter states. */
export const accusedOf = (accused: unknown, unit: unknown): string | undefined =>
  typeof accused === 'string'
    ? accused
    : typeof unit === 'string' && unit !== ''
      ? accusedText({ kind: 'unit', key: unit })
      : undefined;
