/** Changes of the rehearsed case's duties by a step. */
import type { Output } from '../../../api/client.js';

type Duty = Output<'readDuties'>['items'][number];

export interface ChangedDuty {
  readonly duty: Duty;
  /** Null: created by the step. */
  readonly was: Duty['state'] | null;
}

/** New or changed duties, in list order. */
export function changedDuties(before: readonly Duty[], now: readonly Duty[]): readonly ChangedDuty[] {
  const key = ({ norm, round, openedBy }: Duty): string => `${norm} ${round} ${openedBy}`;
  const states = new Map(before.map((duty) => [key(duty), duty.state]));
  return now
    .map((duty) => ({ duty, was: states.get(key(duty)) ?? null }))
    .filter(({ duty, was }) => was !== duty.state);
}
