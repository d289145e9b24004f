/** Merges two people's changes of one diagram or decision table; the content determines which. */
import type { Law } from '../../../kernel/law.js';
import { mergeTables } from '../decisions/merge.js';
import { isTable } from './compare-sources.js';
import type { LawWords } from './law-words.js';
import { merge } from './merge.js';
import type { Choices, Merged, Sides } from './merged.js';

/**
 * @param choices for conflicts; default: theirs
 * @throws {Refusal} `definition.not-bpmn`, `definition.not-dmn`: also if the three files are of
 * different kinds
 */
export const mergeSources = (sides: Sides, choices: Choices, words: LawWords, law: Law): Promise<Merged> =>
  isTable(sides.base) || isTable(sides.theirs)
    ? mergeTables(sides, choices)
    : merge(sides, choices, words, law);
