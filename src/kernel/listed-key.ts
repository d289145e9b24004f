import { z } from 'zod';

interface Listed {
  readonly key: string;
  readonly name: string;
}

/** A key from a list of the package. */
export function listedKey(title: string, list: readonly Listed[]) {
  const said = list.map(({ key, name }) => `${key} ${name}`).join('、');
  return z
    .string()
    .refine((value) => list.some(({ key }) => key === value), {
      error: `没有这个${title}；有的是 ${said}`,
    })
    .meta({ description: `${title}：${said}`, enum: list.map(({ key }) => key) });
}
