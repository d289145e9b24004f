import type { JsonObject } from '../kernel/index.js';
import { textOf } from './variables.js';

/** Whether the caller accuses somebody: a matter on its own accuses nobody. */
export function accuses(variables: JsonObject): boolean {
  const accusation = textOf(variables, 'accusation');
  return (
    textOf(variables, 'accusedUnit') !== undefined || (accusation !== undefined && accusation !== 'matter')
  );
}
