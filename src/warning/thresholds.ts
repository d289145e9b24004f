/** When the hotline warns: policies (docs/policies.md), read as numbers. Pure. */
import { emergenciesOf, type Emergency } from './emergencies.js';

export interface Thresholds {
  readonly rise: {
    /** Fewer sheets in an hour than this are no rise. */
    readonly least: number;
    /** Past weeks that it is compared with. */
    readonly weeks: number;
    /** By chance it may be as many once in so many times. */
    readonly rarity: number;
  };
  readonly burst: {
    readonly least: number;
    readonly minutes: number;
    readonly emergencies: readonly Emergency[];
  };
  readonly repeat: {
    readonly days: number;
    /** Sheets of one caller about one kind. */
    readonly ofCaller: number;
    /** Sheets of one kind from one place. */
    readonly ofPlace: number;
  };
}

/** @param values the policies in force; each of them was checked when it was decided */
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
    },
  };
}
