import type { JsonObject } from '../../kernel/index.js';
import { textOf } from '../variables.js';

/** Ways of handling whose reply only promises a date. */
export const dated: readonly string[] = ['statutory-limit', 'promised-date'];

/** True if this round's reply only promised a date, and nothing has been done since. */
export const isOnlyADate = (variables: JsonObject): boolean =>
  dated.includes(textOf(variables, 'branch') ?? '') && textOf(variables, 'completionResult') === undefined;

/** Ways of handling that end the matter unsolved: it cannot lawfully be done, or was decided before. */
export const explained: readonly string[] = ['not-allowed', 'explained', 'no-further'];
