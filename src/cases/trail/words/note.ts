/** Answers and decisions of an entry as `label:value`, named by the diagram's forms and the table of entry types. */
import { z } from 'zod';
import {
  computedOf,
  dataOf,
  eventOf,
  isStep,
  subjectOf,
  type Entry,
} from '../../../accountability/events/index.js';
import type { FormField } from '../../../engine/index.js';
import type { Json } from '../../../kernel/index.js';
import type { Elements } from '../../definition-reader.js';
import { instantInWords } from '../../../kernel/civil-date.js';
import type { LawWords } from './law-words.js';

const acts = { restart: '重新起算', pause: '暂停', resume: '恢复', extend: '延长' } as const;
const ends = { completed: '办完', terminated: '终止', cancelled: '撤销', error: '出错' } as const;

/** @param elements of the version in which the step ran */
export function noteOf(entry: Entry, elements: Pick<Elements, 'get' | 'values'>, words: LawWords): string {
  const said = isStep(entry) ? [] : fieldsOf(entry, elements);
  const answers = { ...dataOf(entry), ...computedOf(entry) };
  const forms = [...elements.values()].flatMap(({ form }) => form);
  const own = isStep(entry) ? elements.get(subjectOf(entry) ?? '')?.form : undefined;
  for (const [key, value] of Object.entries(answers)) {
    const field = own?.find((one) => one.key === key) ?? forms.find((one) => one.key === key);
    const text = field && answerInWords(field, value, words);
    if (field && text !== undefined) said.push(`${field.label}：${text}`);
  }
  if (isStep(entry)) {
    for (const { act, limit, reason, workingDays } of entry.body.clocks ?? []) {
      const what = words.clock(limit) ?? elements.get(limit)?.name ?? '期限';
      const by = workingDays === undefined ? '' : ` ${workingDays} 个工作日`;
      said.push(`${acts[act]}“${what}”${by}${reason === undefined ? '' : `（${reason}）`}`);
    }
    if (entry.body.ended !== undefined) said.push(`流程到此${ends[entry.body.ended]}`);
  }
  return said.join('；');
}

function answerInWords(field: FormField, value: Json, words: LawWords): string | undefined {
  if (value === null || value === '') return undefined;
  if (typeof value === 'boolean') return value ? '是' : '否';
  if (typeof value === 'number') return String(value);
  if (typeof value !== 'string') return undefined;
  // The text itself is stored apart, encrypted.
  if (value.startsWith('sealed:')) return '（文字另行封存）';
  return words.options(field).find((option) => option.value === value)?.label ?? value;
}

/** Fields that have a column of their own, or are of no use to people. */
const elsewhere = new Set(['actor', 'recordedAt', 'provisions', 'data', 'computed', 'sha256', 'root']);

/** Fields of an entry that is no step, named by their descriptions. */
function fieldsOf({ type, body }: Entry, elements: Pick<Elements, 'get'>): string[] {
  const { shape } = eventOf(type);
  return Object.entries(body as Record<string, unknown>).flatMap(([name, value]) => {
    const label = elsewhere.has(name) ? undefined : labelOf(shape[name]);
    const text = label === undefined ? undefined : valueInWords(value, elements);
    return label === undefined || text === undefined ? [] : [`${label}：${text}`];
  });
}

/** A description begins with the field's name; the rest explains its values. */
function labelOf(schema: z.core.$ZodType | undefined): string | undefined {
  const type = schema as z.ZodType | undefined;
  const inner =
    type instanceof z.ZodOptional || type instanceof z.ZodNullable ? (type.unwrap() as z.ZodType) : type;
  return (type?.description ?? inner?.description)?.split(/[;；:]/)[0];
}

const instant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/;

function valueInWords(value: unknown, elements: Pick<Elements, 'get'>): string | undefined {
  if (typeof value === 'number') return String(value);
  if (typeof value === 'boolean') return value ? '是' : '否';
  if (typeof value === 'string') {
    if (value === '') return undefined;
    return instant.test(value) ? instantInWords(new Date(value)) : (elements.get(value)?.name ?? value);
  }
  if (!Array.isArray(value) || value.length === 0) return undefined;
  const texts = value.filter((one) => typeof one === 'string').map((one) => elements.get(one)?.name ?? one);
  return texts.length === value.length ? texts.join('、') : undefined;
}
