/** Finds conditions that are false for every answer the forms allow. It reports only certain cases. */
import { optionsUnder, type FormField } from '../../../engine/model/index.js';
import type { Law } from '../../../kernel/law.js';

const comparison = /\b([A-Za-z]\w*)\s*=\s*("[^"]*"|true\b|false\b)/g;

/** @returns why the condition can never hold; undefined if it may hold */
export function impossibleIn(condition: string, fields: readonly FormField[], law: Law): string | undefined {
  const text = condition.trim().replace(/^=\s*/, '');
  if (text === 'false' || text === 'null') return `写的是 ${text}`;
  if (/==|!==|&&|\|\|/.test(text)) return '“==”“&&”不是 FEEL,FEEL 写“=”“and”“or”';
  // One impossible part of an "or" does not make the whole impossible.
  const parts = text.split(/\bor\b/).map((part) => impossiblePart(part, fields, law));
  return parts.every((part) => part !== undefined) ? parts[0] : undefined;
}

function impossiblePart(part: string, fields: readonly FormField[], law: Law): string | undefined {
  if (/\bnot\b/.test(part)) return undefined;
  for (const [, key = '', value = ''] of part.matchAll(comparison)) {
    const asked = fields.filter((field) => field.key === key);
    if (asked.length === 0) continue;
    if (value.startsWith('"')) {
      if (asked.every(({ type }) => type === 'boolean')) return `${key} 填“是”或者“否”，不是文字 ${value}`;
      const offered = asked.flatMap((field) => optionsUnder(field, law).map((option) => option.value));
      if (asked.every(({ type }) => type === 'choice') && !offered.includes(value.slice(1, -1))) {
        return `表单的 ${key} 没有选项 ${value}`;
      }
    } else if (asked.every(({ type }) => type === 'choice')) {
      return `${key} 是几选一的文字，不是 ${value}`;
    }
  }
  return undefined;
}
