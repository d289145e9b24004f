import { z } from 'zod';

/** A key out of a list of the package, asked when it is checked. */
export const listed = (title: string, list: () => readonly { readonly key: string }[]) =>
  z.string().refine((value) => list().some(({ key }) => key === value), {
    error: () =>
      `条例包里没有这个${title}(regulation/sheet.json);有的是 ${list()
        .map(({ key }) => key)
        .join('、')}`,
  });
