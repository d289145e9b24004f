/** What a step has done to the duties of the tried case. */
import type { Output } from '../../../api/client.js';

type Duty = Output<'readDuties'>['items'][number];

export interface ChangedDuty {
  readonly duty: Duty;
  /** Null where the step has brought it about. */
  readonly was: Duty['state'] | null;
}

/** Which are new, or stand otherwise than before the step, in the order of the list. */
export function changedDuties(before: readonly Duty[], now: readonly Duty[]): readonly ChangedDuty[] {
  const key = ({ norm, round, openedBy }: Duty): string => `${norm} ${round} ${openedBy}`;
  const states = new Map(before.map((duty) => [key(duty), duty.state]));
  return now
    .map((duty) => ({ duty, was: states.get(key(duty)) ?? null }))
    .filter(({ duty, was }) => was !== duty.state);
}
