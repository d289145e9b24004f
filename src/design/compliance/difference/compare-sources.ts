/** Compares two diagrams or two decision tables; their content determines which. */
import { isDecisionXml } from '../../../engine/model/index.js';
import type { Law } from '../../../kernel/law.js';
import { tableDifference } from '../decisions/difference.js';
import type { Change } from './change.js';
import { difference } from './difference.js';
import type { LawWords } from './law-words.js';

/** Looks only at the root element of a file in bytes. */
export const isTable = (source: string | Uint8Array): boolean =>
  isDecisionXml(typeof source === 'string' ? source : new TextDecoder().decode(source));

/** @throws {Refusal} `definition.not-bpmn`, `definition.not-dmn`: also if the files are of different kinds */
export const compareSources = (
  before: string | Uint8Array,
  after: string | Uint8Array,
  words: LawWords,
  law: Law,
): Promise<readonly Change[]> =>
  isTable(before) || isTable(after) ? tableDifference(before, after) : difference(before, after, words, law);
