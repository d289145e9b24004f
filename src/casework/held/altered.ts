/** What of a case as it is read is not what its trail has recorded. */
import type { TrailEntry } from '../../accountability/index.js';
import { stateDigest, type CaseFile } from '../../engine/index.js';
import { alteredWords, wordNames, wordSeals, type KeptSheet } from '../../sheet/index.js';

/** In Chinese; of entries that cannot be read the chain itself tells. */
export function alteredParts(
  sheet: KeptSheet,
  file: CaseFile,
  trail: readonly TrailEntry[],
): readonly string[] {
  const sound = trail.flatMap((entry) => (entry.type === 'unread' ? [] : [entry]));
  const said = sound.findLast(({ digests }) => wordSeals.every((name) => name in digests));
  const left = sound.findLast(({ state }) => state !== undefined);
  return [
    ...(said ? alteredWords(sheet, sheet.wordsSalt, said.digests).map((name) => wordNames[name]) : []),
    ...(left && left.state !== stateDigest(file) ? ['办理的现状'] : []),
  ];
}
