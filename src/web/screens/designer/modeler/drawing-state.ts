/** State of a drawing: selected element, undo, number of changes. */
import { computed, shallowRef, type ComputedRef, type ShallowRef } from 'vue';
import { service, type Drawing, type Drawn, type Services } from './services.js';

export interface DrawingState {
  readonly drawing: ShallowRef<Drawing | undefined>;
  /** Number of commands, undo included. */
  readonly changes: ShallowRef<number>;
  readonly selected: ComputedRef<Drawn | undefined>;
  readonly canUndo: ComputedRef<boolean>;
  readonly canRedo: ComputedRef<boolean>;
  /** Call when the diagram is loaded. */
  follow(drawing: Drawing): void;
  select(element: string): void;
  undo(): void;
  redo(): void;
}

export function useDrawing(): DrawingState {
  const drawing = shallowRef<Drawing>();
  const changes = shallowRef(0);
  const chosen = shallowRef<readonly Drawn[]>([]);
  // A read-only drawing has no commands.
  const stack = (): Services['commandStack'] | null =>
    drawing.value?.get<Services['commandStack'] | null>('commandStack', false) ?? null;
  const ask = (question: 'canUndo' | 'canRedo'): boolean => {
    void changes.value;
    return stack()?.[question]() ?? false;
  };
  return {
    drawing,
    changes,
    selected: computed(() => {
      void changes.value;
      const now = drawing.value;
      if (!now) return undefined;
      const [one] = chosen.value;
      // Without a selection the panel shows the process.
      if (!one || !service(now, 'elementRegistry').get(one.id))
        return service(now, 'canvas').getRootElement();
      return one.labelTarget ?? one;
    }),
    canUndo: computed(() => ask('canUndo')),
    canRedo: computed(() => ask('canRedo')),
    follow(now) {
      drawing.value = now;
      changes.value++;
      const bus = service(now, 'eventBus');
      bus.on('commandStack.changed', () => void changes.value++);
      bus.on('selection.changed', ({ newSelection }: { newSelection: Drawn[] }) => {
        chosen.value = [...newSelection];
      });
    },
    select(id) {
      const now = drawing.value;
      const element = now && service(now, 'elementRegistry').get(id);
      if (!now || !element) return;
      service(now, 'selection').select(element);
      service(now, 'canvas').scrollToElement(element, 120);
    },
    undo: () => stack()?.undo(),
    redo: () => stack()?.redo(),
  };
}
