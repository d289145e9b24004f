/** State of a drawing: selected element, undo, number of changes. */
import { computed, shallowRef, type ComputedRef, type ShallowRef } from 'vue';
import { closedOf } from '../../../components/closed-sub-processes.js';
import { readable } from '../../../components/diagram-view.js';
import type { Work } from '../work.js';
import { service, type Drawing, type Drawn, type Services } from './services.js';

export interface DrawingState extends Work {
  readonly drawing: ShallowRef<Drawing | undefined>;
  readonly selected: ComputedRef<Drawn | undefined>;
  /** All selected elements, without their labels. */
  readonly all: ComputedRef<readonly Drawn[]>;
  /** Call when the diagram is loaded. */
  follow(drawing: Drawing): void;
  select(element: string): void;
}

export function useDrawing(): DrawingState {
  const drawing = shallowRef<Drawing>();
  const changes = shallowRef(0);
  const chosen = shallowRef<readonly Drawn[]>([]);
  const page = shallowRef<string>();
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
    isOpen: computed(() => drawing.value !== undefined),
    xml: async () => (await drawing.value?.saveXML({ format: true }))?.xml,
    selected: computed(() => {
      void changes.value;
      const now = drawing.value;
      if (!now) return undefined;
      const [canvas, elementRegistry] = [service(now, 'canvas'), service(now, 'elementRegistry')];
      const [one] = chosen.value;
      if (one && elementRegistry.get(one.id)) return one.labelTarget ?? one;
      // Without a selection the panel shows the page's subject: the process, or a closed
      // sub-process.
      void page.value;
      const root = canvas.getRootElement();
      return closedOf(root, { canvas, elementRegistry }) ?? root;
    }),
    all: computed(() => {
      void changes.value;
      return chosen.value.filter((one) => !one.labelTarget);
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
      bus.on('root.set', ({ element }: { element: Drawn }) => {
        page.value = element.id;
      });
    },
    select(id) {
      const now = drawing.value;
      const element = now && service(now, 'elementRegistry').get(id);
      if (!now || !element) return;
      const canvas = service(now, 'canvas');
      const root = canvas.findRoot(element);
      if (root && root !== canvas.getRootElement()) canvas.setRootElement(root);
      if (canvas.zoom() < readable) canvas.zoom(readable);
      service(now, 'selection').select(element);
      canvas.scrollToElement(element, 120);
    },
    undo: () => stack()?.undo(),
    redo: () => stack()?.redo(),
  };
}
