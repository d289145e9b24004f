/** Two people's changes of one diagram or one decision table, put together: what the files are decides how. */
import type { Law } from '../../../kernel/law.js';
import { mergeTables } from '../decisions/merge.js';
import { isTable } from './compare-sources.js';
import type { LawWords } from './law-words.js';
import { merge } from './merge.js';
import type { Choices, Merged, Sides } from './merged.js';

/**
 * @param choices for conflicts; theirs unless said otherwise
 * @throws {Refusal} `definition.not-bpmn`, `definition.not-dmn`: also where the three are not of a kind
 */
export const mergeSources = (sides: Sides, choices: Choices, words: LawWords, law: Law): Promise<Merged> =>
  isTable(sides.base) || isTable(sides.theirs)
    ? mergeTables(sides, choices)
    : merge(sides, choices, words, law);
