/** A timer in words: `5 个工作日`, `1 小时`, `2026-10-08T00:00:00+08:00`. */
import { limitReference } from '../../../engine/model/index.js';
import { clockTitle, type LawWords } from './law-words.js';
import type { Json } from '../../../kernel/json.js';

const forms = ['timeDuration', 'timeDate', 'timeCycle'];

export const timerProperties: ReadonlySet<string> = new Set([
  ...forms.flatMap((form) => [form, `${form}.$type`]),
  'duty:unit',
]);

export function timerInWords(
  properties: ReadonlyMap<string, { readonly value: Json }> | undefined,
  words: LawWords,
): string | undefined {
  const text = forms.map((form) => properties?.get(form)?.value).find((value) => typeof value === 'string');
  if (typeof text !== 'string') return '（没有写）';
  const reference = limitReference(text);
  if (reference) {
    const limit = `条例规定的${clockTitle(words, reference.clock)}`;
    return reference.stricter === undefined ? limit : `${limit}，至多 ${length(reference.stricter, true)}`;
  }
  const working = properties?.get('duty:unit')?.value === 'working-days';
  const cycle = /^R\d*\/(P.*)$/.exec(text)?.[1];
  return cycle === undefined ? length(text, working) : `每 ${length(cycle, working)}`;
}

function length(text: string, working: boolean): string {
  const match = /^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/.exec(
    text,
  );
  if (!match) return text;
  const units = ['年', '个月', '周', working ? '个工作日' : '天', '小时', '分钟', '秒'];
  const said = match
    .slice(1)
    .flatMap((count, index) => (count === undefined ? [] : [`${count} ${units[index] ?? ''}`]));
  return said.length === 0 ? text : said.join(' ');
}
