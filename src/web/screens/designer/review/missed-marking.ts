/** Marks on the drawing what no scenario has passed; an empty list takes the marks away. */
import type { InjectionKey } from 'vue';

export const missedMarking: InjectionKey<
  (missed: readonly { readonly id: string; readonly name: string }[]) => void
> = Symbol('missed');
