/** A list with a cursor. On news it reloads as many rows as were shown and keeps its position. */
import { computed, ref, type ComputedRef, type Ref } from 'vue';
import { useLoad, type Loading, type LoadOptions } from './load.js';

interface Page<Item> {
  readonly next: string | null;
  readonly items: readonly Item[];
}

export interface Paged<Item = unknown> {
  readonly items: ComputedRef<readonly Item[]>;
  readonly hasMore: ComputedRef<boolean>;
  readonly reading: Ref<boolean>;
  more(): Promise<void>;
}

export type CursorList<Item, Answer extends Page<Item>> = Loading<Answer> & Paged<Item>;

/** Largest page. */
const widest = 200;

/** @param read returns one page after the cursor; without a cursor, the first rows */
export function useCursorList<Item, Answer extends Page<Item>>(
  read: (page: { readonly limit: number; readonly cursor?: string }) => Promise<Answer>,
  onPage: number,
  options: LoadOptions = {},
): CursorList<Item, Answer> {
  const reading = ref(false);
  let shown = onPage;
  /** Combines the first page's figures with the rows of all pages. */
  const asFarAs = async (rows: number): Promise<Answer> => {
    const first = await read({ limit: Math.min(widest, rows) });
    let { next } = first;
    const items = [...first.items];
    while (next !== null && items.length < rows) {
      const page = await read({ limit: Math.min(widest, rows - items.length), cursor: next });
      items.push(...page.items);
      next = page.next;
    }
    return { ...first, items, next };
  };
  const loading = useLoad(() => asFarAs(shown), {
    ...options,
    ...(options.on === undefined ? {} : { on: options.on, onForget: () => (shown = onPage) }),
  });
  const { data } = loading;
  const more = async (): Promise<void> => {
    const before = data.value;
    if (!before || before.next === null || reading.value) return;
    reading.value = true;
    try {
      const page = await read({ limit: onPage, cursor: before.next });
      // The list was reloaded meanwhile, so this page would continue outdated rows.
      if (data.value !== before) return;
      data.value = { ...before, items: [...before.items, ...page.items], next: page.next };
      shown = data.value.items.length;
    } catch (error) {
      loading.error.value = error instanceof Error ? error : new Error(String(error));
    } finally {
      reading.value = false;
    }
  };
  return {
    ...loading,
    reading,
    more,
    items: computed(() => data.value?.items ?? []),
    hasMore: computed(() => (data.value?.next ?? null) !== null),
  };
}
