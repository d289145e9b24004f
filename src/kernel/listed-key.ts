import { z } from 'zod';
import { unitKinds } from './kinds.js';

interface Listed {
  readonly key: string;
  readonly name: string;
}

/**
 * A key out of a list of the package. What the list holds is asked when a value is checked and when a document is made,
 * not when the schema is loaded.
 *
 * @param basis article of the list, as cited in Chinese
 */
export function listedKey(title: string, list: () => readonly Listed[], basis?: () => string) {
  const called = (): string => (basis ? `${title}(${basis()})` : title);
  const said = (): string =>
    list()
      .map(({ key, name }) => `${key} ${name}`)
      .join('、');
  return z
    .string()
    .refine((value) => list().some(({ key }) => key === value), {
      error: () => `没有这个${called()};有的是 ${said()}`,
    })
    .meta({
      get description() {
        return `${called()}:${said()}`;
      },
      get enum() {
        return list().map(({ key }) => key);
      },
    });
}

/** Key of a kind of units, as the package's other files name it. */
export const unitKind = listedKey('单位的种类', unitKinds);
