/** Two diagrams or two decision tables, compared: what the files are decides how. */
import { isDecisionXml } from '../../../engine/model/index.js';
import type { Law } from '../../../kernel/law.js';
import { tableDifference } from '../decisions/difference.js';
import type { Change } from './change.js';
import { difference } from './difference.js';
import type { LawWords } from './law-words.js';

/** The same for a whole file in bytes, of which only its root is looked at. */
export const isTable = (source: string | Uint8Array): boolean =>
  isDecisionXml(typeof source === 'string' ? source : new TextDecoder().decode(source));

/** @throws {Refusal} `definition.not-bpmn`, `definition.not-dmn`: also where the two are not of a kind */
export const compareSources = (
  before: string | Uint8Array,
  after: string | Uint8Array,
  words: LawWords,
  law: Law,
): Promise<readonly Change[]> =>
  isTable(before) || isTable(after) ? tableDifference(before, after) : difference(before, after, words, law);
