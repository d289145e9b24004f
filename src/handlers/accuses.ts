import type { JsonObject } from '../kernel/index.js';
import { textOf } from './variables.js';

/** Whether the caller accuses somebody; the kind of matter alone accuses nobody. */
export function accuses(variables: JsonObject): boolean {
  const accusation = textOf(variables, 'accusation');
  return (
    textOf(variables, 'accusedUnit') !== undefined || (accusation !== undefined && accusation !== 'matter')
  );
}
