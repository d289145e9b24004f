/** The version compared with, and the selected element. */
import { computed, ref, shallowRef, type ComputedRef, type Ref } from 'vue';
import type { Change } from '../../../../design/compliance/index.js';
import type { DrawingState } from '../modeler/drawing-state.js';

export interface Compared {
  readonly xml: string;
  /** For example 第 3 版. */
  readonly title: string;
  readonly changes: readonly Change[];
  /** A new object per selection, because the same element may be selected again. */
  readonly picked: { readonly element: string } | undefined;
}

export interface Comparing {
  /** The user's choice. */
  readonly isBeside: Ref<boolean>;
  /** Undefined if no other version is shown. */
  readonly compared: ComputedRef<Compared | undefined>;
  /** Selects the element in both drawings, where it exists. */
  readonly pick: (element: string) => void;
}

/** @param earlier undefined if there is none, or another tab is active */
export function useCompared(
  state: DrawingState,
  earlier: () => Omit<Compared, 'picked'> | undefined,
): Comparing {
  const isBeside = ref(false);
  const picked = shallowRef<Compared['picked']>();
  return {
    isBeside,
    compared: computed(() => {
      const found = isBeside.value ? earlier() : undefined;
      return found && { ...found, picked: picked.value };
    }),
    pick(element) {
      state.select(element);
      picked.value = { element };
    },
  };
}
