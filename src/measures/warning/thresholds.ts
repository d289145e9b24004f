/** Thresholds of warnings, from policies (docs/package.md). Pure. */
import { emergenciesOf, type Emergency } from './emergencies.js';

export interface Thresholds {
  readonly rise: {
    /** Fewer sheets in an hour are no rise. */
    readonly least: number;
    /** Number of past weeks compared. */
    readonly weeks: number;
    /** Expected by chance once in this many cases. */
    readonly rarity: number;
  };
  readonly burst: {
    readonly least: number;
    readonly minutes: number;
    readonly emergencies: readonly Emergency[];
  };
  readonly repeat: {
    readonly days: number;
    /** Sheets of one caller and class. */
    readonly ofCaller: number;
    /** Sheets of one class and district. */
    readonly ofPlace: number;
    /** Sheets of one class at one spot: the same words, or points this close. */
    readonly ofSpot: number;
    readonly metres: number;
  };
}

/** @param values policies in force, already validated */
export function thresholdsOf(values: { value(key: string): string | undefined }): Thresholds {
  const number = (text: string | undefined): number => Number(/\d+/.exec(text ?? '')?.[0]);
  return {
    rise: {
      least: number(values.value('warnRiseLeast')),
      weeks: number(values.value('warnRiseWeeks')),
      rarity: number(values.value('warnRiseRarity')),
    },
    burst: {
      least: number(values.value('warnBurstLeast')),
      minutes: number(values.value('warnBurstWindow')),
      emergencies: emergenciesOf(values.value('warnEmergencies') ?? ''),
    },
    repeat: {
      days: number(values.value('warnRepeatDays')),
      ofCaller: number(values.value('warnRepeatCaller')),
      ofPlace: number(values.value('warnRepeatPlace')),
      ofSpot: number(values.value('warnRepeatSpot')),
      metres: number(values.value('warnSpotMetres')),
    },
  };
}
