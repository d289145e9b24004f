/** State of a table in the editor: undo, number of changes, its text. */
import { computed, shallowRef, type ComputedRef, type ShallowRef } from 'vue';
import type { Tabular } from './open.js';

export interface TableState {
  readonly tabular: ShallowRef<Tabular | undefined>;
  /** Number of commands, undo and imports included. */
  readonly changes: ShallowRef<number>;
  readonly canUndo: ComputedRef<boolean>;
  readonly canRedo: ComputedRef<boolean>;
  /** Call when the table is loaded. */
  follow(tabular: Tabular): void;
  undo(): void;
  redo(): void;
  /** Goes to a rule or a column, by id. */
  select(element: string): void;
  /** Undefined before it is loaded. */
  xml(): Promise<string | undefined>;
}

interface CommandStack {
  canUndo(): boolean;
  canRedo(): boolean;
  undo(): void;
  redo(): void;
}

export function useTable(): TableState {
  const tabular = shallowRef<Tabular>();
  const changes = shallowRef(0);
  const stack = (): CommandStack | undefined =>
    tabular.value?.getActiveViewer()?.get('commandStack') as CommandStack | undefined;
  const ask = (question: 'canUndo' | 'canRedo'): boolean => {
    void changes.value;
    return stack()?.[question]() ?? false;
  };
  return {
    tabular,
    changes,
    canUndo: computed(() => ask('canUndo')),
    canRedo: computed(() => ask('canRedo')),
    follow(now) {
      tabular.value = now;
      changes.value++;
      now.getActiveViewer()?.on('commandStack.changed', () => void changes.value++);
    },
    undo: () => stack()?.undo(),
    redo: () => stack()?.redo(),
    select(element) {
      const id = CSS.escape(element);
      const cell = document.querySelector<HTMLElement>(
        `.table-canvas:not(.earlier) :is([data-row-id="${id}"], [data-col-id="${id}"])`,
      );
      cell?.scrollIntoView({ block: 'center', inline: 'nearest' });
      cell?.click();
    },
    xml: async () => (await tabular.value?.saveXML({ format: true }))?.xml,
  };
}
