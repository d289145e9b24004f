/** What of a drawing the screen follows: the selected element, what can be undone, how often it changed. */
import { computed, shallowRef, type ComputedRef, type ShallowRef } from 'vue';
import { service, type Drawing, type Drawn, type Services } from './services.js';

export interface DrawingState {
  readonly drawing: ShallowRef<Drawing | undefined>;
  /** Counts what was done to the diagram, undoing included. */
  readonly changes: ShallowRef<number>;
  readonly selected: ComputedRef<Drawn | undefined>;
  readonly canUndo: ComputedRef<boolean>;
  readonly canRedo: ComputedRef<boolean>;
  /** To be called once the diagram is there. */
  follow(drawing: Drawing): void;
  select(element: string): void;
  undo(): void;
  redo(): void;
}

export function useDrawing(): DrawingState {
  const drawing = shallowRef<Drawing>();
  const changes = shallowRef(0);
  const chosen = shallowRef<readonly Drawn[]>([]);
  // A drawing to look at has no commands.
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
      // Whoever chose nothing looks at the process itself.
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
