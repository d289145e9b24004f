/** What a sheet tips: pure, from the sheet, what is known of its place, kind and caller, and the thresholds. */
import { judgeRise } from './rise.js';
import type { Thresholds } from './thresholds.js';

export type Sort = 'rise' | 'burst' | 'repeat-caller' | 'repeat-place';

/** Where a sheet comes from and what it is about. */
export interface Matter {
  readonly no: string;
  /** Empty where it is not known; so are the codes. */
  readonly district: string;
  /** Code of the first level of its kind. */
  readonly area: string;
  /** Code of its kind. */
  readonly class: string;
  readonly emergencies: readonly string[];
  readonly receivedAt: Date;
}

/** The sheet included. */
export interface Known {
  /** By code, the leaf before the area: the last hour, and the same hour of each past week that was counted. */
  readonly hours: readonly {
    readonly code: string;
    readonly count: number;
    readonly past: readonly number[];
  }[];
  /** Sheets of the emergency from the place within the minutes of the policy. */
  readonly bursts: readonly { readonly emergency: string; readonly count: number }[];
  /** Of the same caller and kind within the days of the policy. */
  readonly ofCaller: number;
  /** Of the same kind and place within them. */
  readonly ofPlace: number;
}

export interface Finding {
  readonly sort: Sort;
  /** Of a burst the emergency's name, else the kind's code. */
  readonly matter: string;
  readonly observed: number;
  /** In hundredths; null where nothing is compared. */
  readonly expected: number | null;
  readonly since: Date;
}

const minute = 60_000;
const day = 24 * 60 * minute;

export function decide(matter: Matter, known: Known, { rise, burst, repeat }: Thresholds): Finding[] {
  const at = matter.receivedAt.getTime();
  const since = (milliseconds: number) => new Date(at - milliseconds);
  const findings: Finding[] = [];
  for (const { emergency, count } of known.bursts) {
    if (count < burst.least) continue;
    const begun = since(burst.minutes * minute);
    findings.push({ sort: 'burst', matter: emergency, observed: count, expected: null, since: begun });
  }
  for (const { code, count, past } of known.hours) {
    const { expected, isUnusual } = judgeRise(count, past, rise);
    if (!isUnusual) continue;
    findings.push({ sort: 'rise', matter: code, observed: count, expected, since: since(60 * minute) });
    // The kind says it; the area above it would say the same again.
    break;
  }
  const days = since(repeat.days * day);
  const repeated = { matter: matter.class, expected: null, since: days };
  if (known.ofCaller >= repeat.ofCaller) {
    findings.push({ sort: 'repeat-caller', observed: known.ofCaller, ...repeated });
  }
  if (matter.class !== '' && matter.district !== '' && known.ofPlace >= repeat.ofPlace) {
    findings.push({ sort: 'repeat-place', observed: known.ofPlace, ...repeated });
  }
  return findings;
}

/** Milliseconds after its last sheet in which more of the same belong to a warning and raise none of their own. */
export const quietOf = (sort: Sort, { repeat }: Thresholds): number =>
  sort === 'burst' ? 2 * 60 * minute : sort === 'rise' ? 6 * 60 * minute : repeat.days * day;
