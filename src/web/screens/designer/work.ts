import type { ComputedRef, Ref } from 'vue';

/** What is drawn or written in an editor. */
export interface Work {
  readonly isOpen: ComputedRef<boolean>;
  /** Number of commands, undo included. */
  readonly changes: Ref<number>;
  readonly canUndo: ComputedRef<boolean>;
  readonly canRedo: ComputedRef<boolean>;
  readonly undo: () => void;
  readonly redo: () => void;
  /** Undefined before it is loaded. */
  readonly xml: () => Promise<string | undefined>;
}
