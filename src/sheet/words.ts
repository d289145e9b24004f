/**
 * The citizen's words, and what was noted with them, as salted digests in the sheet's first entry
 * and in each correction. Shown words are compared with the digests.
 */
import { randomBytes } from 'node:crypto';
import { sealDigest, type Seal } from '../kernel/index.js';
import type { WorkOrder } from './work-order.js';

/** Names of the digests in the entries; `particulars` covers everything noted except caller and place. */
export const wordSeals = ['title', 'content', 'particulars'] as const;
export type WordSeal = (typeof wordSeals)[number];

export const wordNames: Readonly<Record<WordSeal, string>> = {
  title: '标题',
  content: '内容',
  particulars: '收到的时刻、渠道、类别、属地等',
};

export type Words = Pick<
  WorkOrder,
  | 'externalNo'
  | 'channel'
  | 'kind'
  | 'title'
  | 'content'
  | 'replyWanted'
  | 'confidential'
  | 'language'
  | 'messagesWanted'
  | 'district'
  | 'receivedAt'
>;

/** The salt is stored with the sheet: otherwise a short text could be guessed from its digest. */
export interface SealedWords {
  readonly salt: string;
  readonly seals: readonly Seal[];
}

export function sealWords(words: Words): SealedWords {
  const salt = randomBytes(16).toString('hex');
  const digests = wordDigests(words, salt);
  return { salt, seals: wordSeals.map((name) => ({ name, salt, value: null, digest: digests[name] })) };
}

/**
 * Names of the recorded digests that the present words do not match. @param recorded digests by
 * name, from the entries
 */
export function alteredWords(
  words: Words,
  salt: string,
  recorded: { readonly [name: string]: string },
): readonly WordSeal[] {
  const digests = wordDigests(words, salt);
  return wordSeals.filter((name) => digests[name] !== recorded[name]);
}

export function wordDigests(words: Words, salt: string): Readonly<Record<WordSeal, string>> {
  const digestOf = (text: string): string => sealDigest(salt, text.normalize('NFC'));
  return {
    title: digestOf(words.title),
    content: digestOf(words.content),
    particulars: digestOf(JSON.stringify(particularsOf(words))),
  };
}

const particularsOf = (words: Words): readonly unknown[] => [
  words.receivedAt.toISOString(),
  words.channel,
  words.kind,
  words.replyWanted,
  words.confidential,
  words.language,
  words.messagesWanted,
  words.district,
  words.externalNo,
];
