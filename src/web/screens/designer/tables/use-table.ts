/** State of a table in the editor: undo, number of changes, its text. */
import { computed, shallowRef, type ShallowRef } from 'vue';
import type { Work } from '../work.js';
import type { Tabular } from './open.js';

export interface TableState extends Work {
  /** The cell that was chosen last. */
  readonly chosen: ShallowRef<ChosenCell | undefined>;
  /** Call when the table is loaded. */
  follow(tabular: Tabular): void;
  /** Writes the text into the chosen cell. */
  write(text: string): void;
  /** Goes to a rule or a column, by id. */
  select(element: string): void;
}

interface ChosenCell {
  readonly id: string;
  readonly column: string;
  readonly text: string;
}

interface Cell {
  readonly id: string;
  readonly col?: { readonly id: string };
  readonly businessObject: { readonly text?: string };
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
  const chosen = shallowRef<ChosenCell>();
  const cellOf = (id: string): Cell | undefined =>
    (
      tabular.value?.getActiveViewer()?.get('elementRegistry') as
        { get(id: string): Cell | undefined } | undefined
    )?.get(id);
  const choose = (id: string): void => {
    const cell = cellOf(id);
    if (cell?.col) chosen.value = { id, column: cell.col.id, text: cell.businessObject.text ?? '' };
  };
  const stack = (): CommandStack | undefined =>
    tabular.value?.getActiveViewer()?.get('commandStack') as CommandStack | undefined;
  const ask = (question: 'canUndo' | 'canRedo'): boolean => {
    void changes.value;
    return stack()?.[question]() ?? false;
  };
  return {
    changes,
    isOpen: computed(() => tabular.value !== undefined),
    chosen,
    canUndo: computed(() => ask('canUndo')),
    canRedo: computed(() => ask('canRedo')),
    follow(now) {
      tabular.value = now;
      changes.value++;
      now.getActiveViewer()?.on('commandStack.changed', () => {
        changes.value++;
        if (chosen.value) choose(chosen.value.id);
      });
      now.getActiveViewer()?.on('cellSelection.changed', (event) => {
        if (event?.elementId && event.selection?.selected) choose(event.elementId);
      });
    },
    undo: () => stack()?.undo(),
    redo: () => stack()?.redo(),
    write(text) {
      const cell = chosen.value && cellOf(chosen.value.id);
      const modeling = tabular.value?.getActiveViewer()?.get('modeling') as
        { editCell(of: unknown, text: string): void } | undefined;
      if (cell) modeling?.editCell(cell.businessObject, text);
    },
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
