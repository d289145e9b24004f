/** zod's messages in Chinese: its own locale leaves type names in English. */
import { z } from 'zod';

/** Sets a global; only the composition root calls it, never an import. */
export function findingsInChinese(): void {
  z.config({ localeError: inChinese });
}

const standard = z.locales.zhCN().localeError;

const inChinese: z.core.$ZodErrorMap = (issue) => {
  switch (issue.code) {
    case 'invalid_type':
      if (issue.input === undefined) return '没有填写';
      return `应当是${typeNames[issue.expected] ?? issue.expected}`;
    case 'invalid_value':
      if (issue.input === undefined) return '没有填写';
      return `只能是 ${issue.values.map(String).join('、')} ${issue.values.length > 1 ? '之一' : ''}`.trimEnd();
    case 'invalid_union':
      return issue.input === undefined ? '没有填写' : unionInWords(issue);
    case 'too_small':
      if (issue.origin !== 'string') return `不能小于 ${String(issue.minimum)}`;
      return issue.minimum === 1 ? '不能为空' : `至少 ${String(issue.minimum)} 个字符`;
    case 'too_big':
      return issue.origin === 'string'
        ? `至多 ${String(issue.maximum)} 个字符`
        : `不能大于 ${String(issue.maximum)}`;
    case 'unrecognized_keys':
      return `没有这一项：${issue.keys.map((key) => `“${key.slice(0, 60)}”`).join('、')}${allowedIn(issue.inst)}`;
    case 'invalid_format':
      if (issue.format === 'date') return '应当是存在的日期，例如 2026-12-01';
      if (issue.format === 'datetime') return '应当是带时区的时刻，例如 2026-03-02T09:00:00+08:00';
      return standard(issue);
    default:
      return standard(issue);
  }
};

/** What each of the alternatives demands. */
function unionInWords(issue: z.core.$ZodRawIssue<z.core.$ZodIssueInvalidUnion>): string {
  const { errors, discriminator } = issue;
  const options = (issue.options ?? []) as readonly unknown[];
  if (options.length > 0)
    return `${discriminator ?? ''} 只能是 ${options.map(String).join('、')} 之一`.trim();
  const said = errors.map((issues) =>
    issues.map(({ path, message }) => [path.join('.'), message].filter(Boolean).join(' ')).join('，'),
  );
  return [...new Set(said)].filter(Boolean).join('，或者') || '类型不对';
}

/** The keys of the object, unless they are very many. */
function allowedIn(schema: unknown): string {
  const { shape = {} } = ((schema as z.core.$ZodType | undefined)?._zod.def ?? {}) as { shape?: object };
  const keys = Object.keys(shape);
  return keys.length > 0 && keys.length <= 40 ? `；可以写的是 ${keys.join('、')}` : '';
}

const typeNames: { readonly [type: string]: string } = {
  string: '文字',
  number: '数字',
  int: '整数',
  boolean: 'true 或 false',
  object: '对象',
  record: '对象',
  array: '数组',
};
