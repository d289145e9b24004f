/** The law that the screens of a case cite: the case's own, which may differ from the page's. */
import { inject, provide, type InjectionKey } from 'vue';
import { lawOf, type Purpose } from '../../../kernel/law.js';
import { lawAmong, type LawsOfCase } from './law-among.js';

const key: InjectionKey<() => LawsOfCase> = Symbol('laws of the case');

export const provideLaws = (laws: () => LawsOfCase): void => provide(key, laws);

/** `lawOf` for the shown case; without a case, for the law of the page. */
export function useLawOf(): (purpose: Purpose) => string {
  const laws = inject(key, () => []);
  return (purpose) => lawOf(purpose, lawAmong(laws()));
}
