/** Tasks copied together: `duty:notBy` of a copy refers to the copies. */
import type { Moddle, Services } from './services.js';

interface Pasted {
  /** Shared by everything pasted at once. */
  readonly cache: object;
  /** `id` is the original's; the business object the copy's. */
  readonly descriptor: { readonly id: string; readonly businessObject: Moddle };
}

/** Priority: after bpmn-js created the copy's business object. */
const afterCopy = 500;

class Twins {
  static $inject = ['eventBus'];
  constructor(eventBus: Services['eventBus']) {
    const pastes = new WeakMap<object, Map<string, Moddle>>();
    eventBus.on('copyPaste.pasteElement', afterCopy, ({ cache, descriptor }: Pasted) => {
      const copies = pastes.get(cache) ?? new Map<string, Moddle>();
      pastes.set(cache, copies.set(descriptor.id, descriptor.businessObject));
      // The other task of the pair becomes known only when it is pasted.
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
