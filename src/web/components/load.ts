/** Loads data for a screen, tracks the loading state, and reloads on news. */
import { onScopeDispose, ref, shallowRef, watch, type Ref, type ShallowRef, type WatchSource } from 'vue';
import { isReachable } from '../change-feed/connection.js';
import { onChange } from '../change-feed/changes.js';

export interface Loading<T> {
  readonly data: ShallowRef<T | undefined>;
  readonly error: ShallowRef<Error | undefined>;
  readonly busy: Ref<boolean>;
  reload(): Promise<void>;
}

export interface LoadOptions {
  /** Discards the data and reloads when one of these changes. */
  readonly on?: WatchSource<unknown> | WatchSource<unknown>[];
  /** Called before discarding. */
  readonly onForget?: () => void;
  /** Reloads on news about any work order, or about this one. */
  readonly live?: true | string;
}

export function useLoad<T>(read: () => Promise<T>, options: LoadOptions = {}): Loading<T> {
  const data = shallowRef<T>();
  const error = shallowRef<Error>();
  const busy = ref(false);
  let latest = 0;
  const reload = async (): Promise<void> => {
    const mine = ++latest;
    busy.value = true;
    try {
      const answer = await read();
      if (mine !== latest) return;
      data.value = answer;
      error.value = undefined;
    } catch (thrown) {
      if (mine === latest) error.value = thrown instanceof Error ? thrown : new Error(String(thrown));
    } finally {
      if (mine === latest) busy.value = false;
    }
  };
  if (options.on) {
    watch(options.on, () => {
      options.onForget?.();
      data.value = undefined;
      void reload();
    });
  }
  watch(isReachable, (there) => there && void reload());
  const { live } = options;
  if (live !== undefined) {
    onScopeDispose(onChange((concerns) => (live === true || concerns(live)) && void reload()));
  }
  void reload();
  return { data, error, busy, reload };
}
