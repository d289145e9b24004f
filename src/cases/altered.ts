/** Finds the parts of a case that differ from what its trail recorded. */
import type { TrailEntry } from '../accountability/index.js';
import { stateDigest, type CaseFile } from '../engine/index.js';
import { Refusal } from '../kernel/index.js';
import { lawOf, type Law } from '../kernel/law.js';
import { alteredWords, wordNames, wordSeals, type KeptSheet, type Words } from '../sheet/index.js';

/** In Chinese. The chain check itself reports entries that cannot be read. */
export function alteredParts(
  sheet: KeptSheet,
  file: CaseFile,
  trail: readonly TrailEntry[],
): readonly string[] {
  const left = read(trail).findLast(({ state }) => state !== undefined);
  return [
    ...alteredWordsIn({ ...sheet, salt: sheet.wordsSalt }, trail),
    ...(left && left.state !== stateDigest(file) ? ['办理的现状'] : []),
  ];
}

/**
 * Refuses to act on words that differ from the recorded ones: a deed would answer somebody else's
 * words, and a correction would record them as the caller's own.
 *
 * @param sheet with its salt
 * @throws {Refusal} `case.altered`
 */
export function assertWordsAsRecorded(
  no: string,
  sheet: Words & { readonly salt: string },
  trail: readonly TrailEntry[],
  law: Law,
): void {
  const altered = alteredWordsIn(sheet, trail);
  if (altered.length === 0) return;
  throw new Refusal('case.altered', `工单 ${no} 的${altered.join('、')}不是轨迹所记的`, {
    provision: lawOf('trail', law),
    remedy: '不能据以办理；保全数据库，由审计人员核验轨迹，照备份恢复表 work_order 的这一行以后再办',
  });
}

function alteredWordsIn(
  sheet: Words & { readonly salt: string },
  trail: readonly TrailEntry[],
): readonly string[] {
  const said = read(trail).findLast(({ digests }) => wordSeals.every((name) => name in digests));
  return said ? alteredWords(sheet, sheet.salt, said.digests).map((name) => wordNames[name]) : [];
}

const read = (trail: readonly TrailEntry[]) =>
  trail.flatMap((entry) => (entry.type === 'unread' ? [] : [entry]));
