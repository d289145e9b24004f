/** Marks in the drawing the elements that no scenario passed; an empty list removes the marks. */
import type { InjectionKey } from 'vue';

export const missedMarking: InjectionKey<
  (missed: readonly { readonly id: string; readonly name: string }[]) => void
> = Symbol('missed');
