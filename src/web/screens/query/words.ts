/** The language of the callers' page, and its words, which are loaded on demand. */
import { computed, ref, shallowRef } from 'vue';
import type { Input } from '../../api/client.js';
import type { Words } from './words/zh.js';
import { ofTheCity } from './city-words.js';

export type Language = NonNullable<Input<'fileMatter'>['body']['language']>;

const loaders: Readonly<Record<Language, () => Promise<{ readonly words: Words }>>> = {
  zh: () => import('./words/zh.js'),
  en: () => import('./words/en.js'),
  fr: () => import('./words/fr.js'),
  ru: () => import('./words/ru.js'),
  de: () => import('./words/de.js'),
};

/** Each language by its own name. */
export const languages: readonly { readonly value: Language; readonly name: string }[] = [
  { value: 'zh', name: '中文' },
  { value: 'en', name: 'English' },
  { value: 'fr', name: 'Français' },
  { value: 'ru', name: 'Русский' },
  { value: 'de', name: 'Deutsch' },
];

const loaded = shallowRef<Words>();
export const language = ref<Language>('zh');
/** @throws before `speak` has loaded words */
export const words = computed<Words>(() => {
  if (!loaded.value) throw new Error('no language has been loaded');
  return loaded.value;
});

export async function speak(next: Language): Promise<void> {
  loaded.value = { ...(await loaders[next]()).words, ...ofTheCity(next) };
  language.value = next;
  document.documentElement.lang = next === 'zh' ? 'zh-CN' : next;
  document.title = loaded.value.title;
}

/** The language in the URL (`?lang=en`), else the browser's preference; Chinese if we lack it. */
export function preferred(): Language {
  const asked = new URLSearchParams(location.search).get('lang');
  const all = [asked ?? '', ...navigator.languages].map((one) => one.slice(0, 2).toLowerCase());
  return languages.find(({ value }) => value === all.find((one) => one in loaders))?.value ?? 'zh';
}
