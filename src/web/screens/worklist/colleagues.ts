/** Possible assignees of the unit's sheets; loaded once per visit. */
import { shallowRef } from 'vue';
import { call, type Output } from '../../api/client.js';
import { hasRole } from '../../session/session.js';

/** Assignee of a sheet. */
export type Assignee = { person: string } | { team: string } | { nobody: true };

type Colleagues = Output<'listColleagues'>;

export const colleagues = shallowRef<Colleagues>({ persons: [], teams: [] });

/** Whether the user may assign. */
export const mayAssign = (): boolean => hasRole('handler');

export async function readColleagues(): Promise<void> {
  if (!mayAssign()) return;
  // If loading fails, the list still works: the refusal is shown where an assignee is chosen.
  await call('listColleagues').then(
    (found) => (colleagues.value = found),
    () => undefined,
  );
}
