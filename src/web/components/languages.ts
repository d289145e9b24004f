/** Languages in which callers are informed and answered. */
import type { Input } from '../api/client.js';

export type Language = NonNullable<Input<'acceptRequest'>['body']['language']>;

/** The languages other than Chinese, in words. */
export const spokenWords = (spoken: readonly string[]): string =>
  languages
    .filter(({ value }) => spoken.includes(value))
    .map(({ word }) => word)
    .join('、');

export const languages: readonly { readonly value: Language; readonly word: string }[] = [
  { value: 'zh', word: '中文' },
  { value: 'en', word: '英文' },
  { value: 'fr', word: '法文' },
  { value: 'ru', word: '俄文' },
  { value: 'de', word: '德文' },
];
