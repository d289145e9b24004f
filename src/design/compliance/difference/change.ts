import type { Json } from '../../../kernel/json.js';

/** One difference between two diagrams. */
export interface Change {
  /** Id of the element, or of the diagram. */
  readonly element: string;
  /** Its name, else its type. */
  readonly elementName: string;
  /** `name`, `timeDuration`, `duty:unit`, `duty:norm`, … */
  readonly property: string;
  /** The provision's label if the element is linked to a norm. */
  readonly article: string | null;
  /** Null: added. */
  readonly before: Json;
  /** Null: removed. */
  readonly after: Json;
  /** One Chinese sentence. */
  readonly sentence: string;
  /** `layout` does not affect execution. */
  readonly kind: 'semantic' | 'layout';
}
