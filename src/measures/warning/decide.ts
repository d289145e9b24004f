/** Decides which warnings a sheet raises: pure, from sheet, counts and thresholds. */
import { judgeRise } from './rise.js';
import type { Thresholds } from './thresholds.js';

export type Sort = 'rise' | 'burst' | 'repeat-caller' | 'repeat-place' | 'repeat-spot';

export interface Matter {
  readonly no: string;
  /** Empty if unknown, like the codes. */
  readonly district: string;
  /** First-level code. */
  readonly area: string;
  /** Code of its class. */
  readonly class: string;
  readonly emergencies: readonly string[];
  readonly receivedAt: Date;
}

/** Counts including the sheet. */
export interface CountsAround {
  /** Counts by code, class before area: of the last hour, and of the same hour in each counted past week. */
  readonly hours: readonly {
    readonly code: string;
    readonly count: number;
    readonly past: readonly number[];
  }[];
  /** Sheets of the emergency in the district within the policy's minutes. */
  readonly bursts: readonly { readonly emergency: string; readonly count: number }[];
  /** Sheets of the same caller and class within the policy's days. */
  readonly ofCaller: number;
  /** Sheets of the same class and district within the policy's days. */
  readonly ofPlace: number;
  /** Sheets of the same class at the same spot within the policy's days. */
  readonly ofSpot: number;
}

export interface Finding {
  readonly sort: Sort;
  /** Emergency name for a burst, otherwise class code. */
  readonly matter: string;
  readonly observed: number;
  /** In hundredths; null without comparison. */
  readonly expected: number | null;
  readonly since: Date;
}

const minute = 60_000;
const day = 24 * 60 * minute;

export function decide(matter: Matter, known: CountsAround, { rise, burst, repeat }: Thresholds): Finding[] {
  const at = matter.receivedAt.getTime();
  const since = (milliseconds: number) => new Date(at - milliseconds);
  const findings: Finding[] = [];
  for (const { emergency, count } of known.bursts) {
    if (count < burst.least) continue;
    const begun = since(burst.minutes * minute);
    findings.push({ sort: 'burst', matter: emergency, observed: count, expected: null, since: begun });
  }
  // Unclassified sheets have nothing in common, so they are skipped.
  for (const { code, count, past } of known.hours.filter((hour) => hour.code !== '')) {
    const { expected, isUnusual } = judgeRise(count, past, rise);
    if (!isUnusual) continue;
    findings.push({ sort: 'rise', matter: code, observed: count, expected, since: since(60 * minute) });
    // The warning was raised for the class, so it is not raised again for its area.
    break;
  }
  const days = since(repeat.days * day);
  const repeated = { matter: matter.class, expected: null, since: days };
  if (matter.class !== '' && known.ofCaller >= repeat.ofCaller) {
    findings.push({ sort: 'repeat-caller', observed: known.ofCaller, ...repeated });
  }
  if (matter.class !== '' && matter.district !== '' && known.ofPlace >= repeat.ofPlace) {
    findings.push({ sort: 'repeat-place', observed: known.ofPlace, ...repeated });
  }
  if (matter.class !== '' && known.ofSpot >= repeat.ofSpot) {
    findings.push({ sort: 'repeat-spot', observed: known.ofSpot, ...repeated });
  }
  return findings;
}

/** Milliseconds after a warning's last sheet during which similar sheets join it instead of raising another. */
export const quietPeriod = (sort: Sort, { repeat }: Thresholds): number =>
  sort === 'burst' ? 2 * 60 * minute : sort === 'rise' ? 6 * 60 * minute : repeat.days * day;
