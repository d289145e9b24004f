import type { JsonObject } from '../../kernel/index.js';
import { textOf } from '../variables.js';

const dated = ['statutory-limit', 'promised-date'];

/** True if this round's reply only promised a date, and nothing has been done since. */
export const isOnlyADate = (variables: JsonObject): boolean =>
  dated.includes(textOf(variables, 'branch') ?? '') && textOf(variables, 'completionResult') === undefined;
