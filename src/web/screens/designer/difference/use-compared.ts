/** Whether the version compared with is shown beside what is drawn, and which of its elements has been picked. */
import { computed, ref, shallowRef, type ComputedRef, type Ref } from 'vue';
import type { Change } from '../../../../compliance/index.js';
import type { DrawingState } from '../modeler/drawing-state.js';

export interface Compared {
  /** The earlier diagram. */
  readonly xml: string;
  /** What it is: 第 3 版. */
  readonly title: string;
  readonly changes: readonly Change[];
  /** An object a time: the same one may be picked again. */
  readonly picked: { readonly element: string } | undefined;
}

export interface Comparing {
  /** As the person wants it. */
  readonly isBeside: Ref<boolean>;
  /** Undefined where it is not shown. */
  readonly compared: ComputedRef<Compared | undefined>;
  /** Chooses the element in both drawings, as far as it is there. */
  readonly pick: (element: string) => void;
}

/** @param earlier undefined where there is none, or where something else is looked at */
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
