import type { Definition } from '../interface.js';

/** The definition and everything it reaches through call activities, itself first. */
export function definitionsReached(definition: Definition): readonly Definition[] {
  const reached = new Map([[definition.key, definition]]);
  for (const { called } of reached.values()) {
    for (const [key, other] of called) if (!reached.has(key)) reached.set(key, other);
  }
  return [...reached.values()];
}
