/** Requests of the callers' page: one at a time, with their refusal. */
import { ref, shallowRef, type Ref, type ShallowRef } from 'vue';
import { call } from '../../api/client.js';
import { keepSession, session } from '../../session/session.js';

export interface Asking {
  readonly busy: Ref<boolean>;
  readonly error: ShallowRef<Error | undefined>;
  /** Whether it worked. */
  readonly run: (work: () => Promise<void>) => Promise<boolean>;
}

export function useAsking(): Asking {
  const busy = ref(false);
  const error = shallowRef<Error>();
  const run = async (work: () => Promise<void>): Promise<boolean> => {
    busy.value = true;
    error.value = undefined;
    try {
      await prepare();
      await work();
      return true;
    } catch (thrown) {
      error.value = thrown as Error;
      return false;
    } finally {
      busy.value = false;
    }
  };
  return { busy, error, run };
}

let reading: Promise<void> | undefined;

/**
 * Somebody may be signed in to the console in the same browser; requests that change something then
 * need the CSRF token. Parts that ask at the same moment share one request, because each one by a
 * stranger sets another cookie.
 */
async function prepare(): Promise<void> {
  if (session.value) return;
  reading ??= call('readSession')
    .then(keepSession)
    .finally(() => (reading = undefined));
  await reading;
}

export interface Proof {
  readonly no: string;
  readonly secret: string;
}
