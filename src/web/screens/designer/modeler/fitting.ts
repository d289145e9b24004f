/** On copy and replace, keeps only our extensions that fit the new type. */
import { mayHaveForm } from '../properties/edit.js';
import { eventOf } from './kind.js';
import type { Moddle, Services } from './services.js';

interface Copied {
  readonly parent: Moddle;
  readonly property: unknown;
  readonly propertyName: string;
}

class Fitting {
  static $inject = ['eventBus'];
  constructor(eventBus: Services['eventBus']) {
    // bpmn-js drops unknown attributes but copies all extension elements.
    eventBus.on('moddleCopy.canSetCopiedProperty', ({ parent, property, propertyName }: Copied) => {
      if (propertyName !== 'extensionElements' || mayHaveForm(parent.$type, eventOf(parent)))
        return undefined;
      const extensions = property as Moddle;
      const values = (extensions.get<readonly Moddle[] | undefined>('values') ?? []).filter(
        ({ $type }) => $type !== 'duty:Form',
      );
      extensions.set('values', values);
      return values.length === 0 ? false : undefined;
    });
  }
}

export const fitting = { __init__: ['fitting'], fitting: ['type', Fitting] };
