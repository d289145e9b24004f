/** The user's session. */
import { computed, readonly, ref, shallowRef } from 'vue';
import type { z } from 'zod';
import type { session as schema } from '../../http/contract/session.js';
import type { Wire } from '../api/shapes.js';
import { isOwnRole } from '../../http/contract/choices.js';
import { ofAccused } from '../../kernel/accused.js';
import { unitName } from '../../kernel/unit-name.js';
import { actorName } from '../../kernel/actor.js';

export type Session = Wire<z.output<typeof schema>>;

const current = shallowRef<Session>();

export const session = computed(() => current.value);
export const isSignedIn = computed(
  () => (current.value?.person ?? null) !== null && current.value?.mustChangePassword === false,
);
export const duties = computed(() => current.value?.duties ?? []);

/** The user's name in the trail. */
export const actor = computed(() => {
  const person = current.value?.person;
  return person ? actorName(person) : '';
});

export const hasRole = (role: string): boolean => current.value?.roles.some(({ id }) => id === role) ?? false;

/** Roles that the package declares: they do their own tasks and nothing else. */
export const hasOwnRole = (): boolean => current.value?.roles.some(({ id }) => isOwnRole(id)) ?? false;
export const hasOnlyOwnRoles = (): boolean =>
  hasOwnRole() && (current.value?.roles.every(({ id }) => isOwnRole(id)) ?? false);

/** A role of the package's own is the duty of its tasks. */
const isOwnDuty = (duty: string | null): boolean => duty !== null && isOwnRole(duty) && hasRole(duty);

/** Whether a task of that duty in a case of that unit is the user's; the program checks the same. */
export const isMine = (duty: string | null, unit: string | null): boolean =>
  (duty === null || duties.value.includes(duty)) &&
  ((duty !== 'unit' && !isOwnDuty(duty) && !ofAccused.includes(duty ?? '')) ||
    (unit !== null && (current.value?.units.includes(unitName(unit)) ?? false)));

export const maySend = (message: string): boolean => current.value?.messages.includes(message) ?? false;

export function keepSession(answer: Session): void {
  current.value = answer;
  if (isSignedIn.value) expired.value = false;
}

const expired = ref(false);
/** True if the session expired, false after logging out. */
export const isExpired = readonly(expired);

/** The session is no longer valid: redirects to log-in. */
export function sessionEnded(): void {
  expired.value ||= isSignedIn.value;
  if (current.value)
    current.value = { ...current.value, person: null, roles: [], duties: [], messages: [], units: [] };
}
/** Header for every request that changes something. */
export const csrfToken = (): { readonly [header: string]: string } =>
  current.value ? { 'X-CSRF-Token': current.value.csrf } : {};
