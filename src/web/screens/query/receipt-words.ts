/** Words of the receipts, in the page's language; loaded with the parts that show them. */
import { shallowRef, watch, type ShallowRef } from 'vue';
import { language, type Language } from './words.js';
import { words as chinese, type ReceiptWords } from './receipt-words/zh.js';

const loaders: Readonly<Record<Language, () => Promise<{ readonly words: ReceiptWords }>>> = {
  zh: () => Promise.resolve({ words: chinese }),
  en: () => import('./receipt-words/en.js'),
  fr: () => import('./receipt-words/fr.js'),
  ru: () => import('./receipt-words/ru.js'),
  de: () => import('./receipt-words/de.js'),
};

/** For a component; Chinese until those of another language are loaded. */
export function useReceiptWords(): ShallowRef<ReceiptWords> {
  const words = shallowRef<ReceiptWords>(chinese);
  watch(language, async (now) => (words.value = (await loaders[now]()).words), { immediate: true });
  return words;
}

/** Fills values into the placeholders of a sentence. */
export const filled = (sentence: string, values: Readonly<Record<string, string | number>>): string =>
  sentence.replaceAll(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
