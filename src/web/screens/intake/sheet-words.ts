/** Channels and kinds of requests, in words. */
import * as listed from '../../law/page-law.js';

export interface Word<Value> {
  readonly value: Value;
  readonly word: string;
}

export const channels = (): readonly Word<string>[] =>
  listed.channels().map(({ key, name, short }) => ({ value: key, word: short ?? name }));

export const kinds = (): readonly Word<string>[] =>
  listed.kinds().map(({ key, name }) => ({ value: key, word: name }));
