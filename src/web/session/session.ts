/** Who sits at this screen, as the program knows them. */
import { computed, shallowRef } from 'vue';
import type { z } from 'zod';
import type { session as schema } from '../../http/contract/session.js';

export type Session = z.output<typeof schema>;

const current = shallowRef<Session>();

export const session = computed(() => current.value);
export const isSignedIn = computed(
  () => (current.value?.person ?? null) !== null && current.value?.mustChangePassword === false,
);
export const duties = computed(() => current.value?.duties ?? []);

/** As the trail names them. */
export const actor = computed(() => {
  const person = current.value?.person;
  return person ? `${person.name}(${person.login})` : '';
});

export const hasRole = (role: string): boolean => current.value?.roles.some(({ id }) => id === role) ?? false;

/** Whether a task of that duty, in a case of that unit, is theirs: what the program will hold them to. */
export const isMine = (duty: string | null, unit: string | undefined): boolean =>
  (duty === null || duties.value.includes(duty)) &&
  (duty !== 'unit' ||
    (unit !== undefined && (current.value?.units.includes(unit.replaceAll(/\s/g, '')) ?? false)));

export const maySend = (message: string): boolean => current.value?.messages.includes(message) ?? false;

export const keepSession = (answer: Session): void => void (current.value = answer);

/** The program no longer knows the session: the next thing to do is to log in. */
export function sessionEnded(): void {
  if (current.value)
    current.value = { ...current.value, person: null, roles: [], duties: [], messages: [], units: [] };
}

/** What every request that changes something carries. */
export const csrfToken = (): { readonly [header: string]: string } =>
  current.value ? { 'X-CSRF-Token': current.value.csrf } : {};
