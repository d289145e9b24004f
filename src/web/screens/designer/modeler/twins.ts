/** Tasks that are copied together: `duty:notBy` of a copy names the copies of the tasks that the original names. */
import type { Moddle, Services } from './services.js';

interface Pasted {
  /** The same for everything that is put down at once. */
  readonly cache: object;
  /** `id` is the original's; the business object is the copy's. */
  readonly descriptor: { readonly id: string; readonly businessObject: Moddle };
}

/** After bpmn-js has made the copy's business object. */
const afterCopy = 500;

class Twins {
  static $inject = ['eventBus'];
  constructor(eventBus: Services['eventBus']) {
    const pastes = new WeakMap<object, Map<string, Moddle>>();
    eventBus.on('copyPaste.pasteElement', afterCopy, ({ cache, descriptor }: Pasted) => {
      const copies = pastes.get(cache) ?? new Map<string, Moddle>();
      pastes.set(cache, copies.set(descriptor.id, descriptor.businessObject));
      // Whichever of two comes first, the other one is known only now.
      for (const copy of copies.values()) {
        const notBy = copy.get<string | undefined>('duty:notBy');
        if (notBy === undefined) continue;
        const named = notBy.split(/\s+/).map((id) => copies.get(id)?.id ?? id);
        copy.set('duty:notBy', named.join(' '));
      }
    });
  }
}

export const twins = { __init__: ['twins'], twins: ['type', Twins] };
