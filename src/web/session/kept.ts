/**
 * Half-written work, kept in this tab for its author across navigation, reload and the end of the
 * session. It is erased when submitted, at log-out, when somebody else logs in, and with the tab.
 */
import { watch } from 'vue';
import { basePath } from '../base-path.js';
import { session } from './session.js';

/** Other cities on the host share the tab's storage. */
const prefix = `kept${basePath}:`;
const ownerKey = `${prefix}owner`;

export function forgetEverything(): void {
  for (const key of Object.keys(sessionStorage)) if (key.startsWith(prefix)) sessionStorage.removeItem(key);
}

watch(
  () => session.value?.person?.login,
  (login) => {
    if (login === undefined) return;
    if (sessionStorage.getItem(ownerKey) !== login) forgetEverything();
    sessionStorage.setItem(ownerKey, login);
  },
  { immediate: true, flush: 'sync' },
);

export interface Kept {
  /** Whether something was restored. */
  readonly wasKept: boolean;
  forget(): void;
}

/**
 * Restores what was kept under the name, and from now on keeps the state while it is worth keeping.
 *
 * @param state reactive; only its existing keys are restored
 */
export function useKept(name: string, state: object, isWorth: () => boolean): Kept {
  const key = prefix + name;
  const before = read(key);
  const known = Object.entries(before ?? {}).filter(([field]) => field in state);
  Object.assign(state, Object.fromEntries(known));
  watch(
    () => (isWorth() ? JSON.stringify(state) : undefined),
    (text) => {
      if (text === undefined) sessionStorage.removeItem(key);
      else sessionStorage.setItem(key, text);
    },
    { flush: 'sync' },
  );
  return { wasKept: known.length > 0, forget: () => sessionStorage.removeItem(key) };
}

function read(key: string): object | undefined {
  const text = sessionStorage.getItem(key);
  if (text === null) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}
