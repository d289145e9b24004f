/** What the screens of a case cite: the case's law, which may not be the one that the page carries. */
import { inject, provide, type InjectionKey } from 'vue';
import type { Output } from '../../api/client.js';
import { law, lawOf, type Law, type Purpose } from '../../../kernel/law.js';

type Laws = Output<'readWorkOrder'>['laws'];

/** The one in force for the case, now or on a day (`YYYY-MM-DD`). */
export function lawAmong(laws: Laws, day?: string): Law {
  const found = laws.findLast(({ from }) => day === undefined || from <= day) ?? laws[0];
  if (!found) return law();
  const { title, purposes, supervision } = found;
  return { ...law(), title, supervision, purposes: { ...law().purposes, ...purposes } };
}

const key: InjectionKey<() => Laws> = Symbol('laws of the case');

export const provideLaws = (laws: () => Laws): void => provide(key, laws);

/** `lawOf` for the case that is shown; without one, of the law of the page. */
export function useLawOf(): (purpose: Purpose) => string {
  const laws = inject(key, () => []);
  return (purpose) => lawOf(purpose, lawAmong(laws()));
}
