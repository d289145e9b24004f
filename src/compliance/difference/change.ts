import type { Json } from '../../kernel/json.js';

/** One thing that is otherwise in the later of two diagrams. */
export interface Change {
  /** Id of the element; the diagram's own where it is about none. */
  readonly element: string;
  /** As people call it: its name, else what it is. */
  readonly elementName: string;
  /** What changed of it: `name`, `timeDuration`, `duty:unit`, `duty:norm`, … */
  readonly property: string;
  /** `第二十四条第一款`, where the element serves a duty, else null. */
  readonly article: string | null;
  /** Null where it was not there. */
  readonly before: Json;
  /** Null where it is gone. */
  readonly after: Json;
  /** The change in one Chinese sentence. */
  readonly sentence: string;
  /** `layout` changes nothing in a run. */
  readonly kind: 'semantic' | 'layout';
}
