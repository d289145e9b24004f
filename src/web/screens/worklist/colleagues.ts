/** To whom the sheets of the user's units can be assigned; read once a visit. */
import { shallowRef } from 'vue';
import { call, type Output } from '../../api/client.js';
import { hasRole } from '../../session/session.js';

/** To whom a sheet is assigned. */
export type Assignee = { person: string } | { team: string } | { nobody: true };

type Colleagues = Output<'listColleagues'>;

export const colleagues = shallowRef<Colleagues>({ persons: [], teams: [] });

/** Whether the user may assign. */
export const mayAssign = (): boolean => hasRole('handler');

export async function readColleagues(): Promise<void> {
  if (!mayAssign()) return;
  // Without them the list is still there: the program's refusal shows where one is chosen.
  await call('listColleagues').then(
    (found) => (colleagues.value = found),
    () => undefined,
  );
}
