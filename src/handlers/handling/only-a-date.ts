import type { JsonObject } from '../../kernel/index.js';
import { textOf } from '../variables.js';

const dated = ['statutory-limit', 'promised-date'];

/** This round's reply told a date, and nothing has been done by it yet. */
export const isOnlyADate = (variables: JsonObject): boolean =>
  dated.includes(textOf(variables, 'branch') ?? '') && textOf(variables, 'completionResult') === undefined;
