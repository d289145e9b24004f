/** State of a person's act: running, done, refused. */
import { ref, shallowRef, type Ref, type ShallowRef } from 'vue';

export interface Attempting {
  readonly error: ShallowRef<Error | undefined>;
  readonly busy: Ref<boolean>;
  /** @returns whether the act was done */
  readonly attempt: (work: () => Promise<unknown>) => Promise<boolean>;
}

export function useAttempt(): Attempting {
  const error = shallowRef<Error>();
  const busy = ref(false);
  const attempt = async (work: () => Promise<unknown>): Promise<boolean> => {
    error.value = undefined;
    busy.value = true;
    try {
      await work();
      return true;
    } catch (thrown) {
      error.value = thrown as Error;
      return false;
    } finally {
      busy.value = false;
    }
  };
  return { error, busy, attempt };
}
