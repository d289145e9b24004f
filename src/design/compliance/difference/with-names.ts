/** Replaces ids in property values by the names of the elements, and keys of the regulation by their titles. */
import type { Json, JsonObject } from '../../../kernel/json.js';
import type { Law } from '../../../kernel/law.js';
import { roleName } from '../../../kernel/role-name.js';
import { handlerTitles, preparationTitles, relations } from '../../../law/regulation/model/labels/index.js';
import { clockTitle, type LawWords } from './law-words.js';

/** Properties by element id. */
type Flat = ReadonlyMap<string, ReadonlyMap<string, { readonly value: Json }>>;

const references: ReadonlySet<string> = new Set([
  'parent',
  'flow-order',
  'default',
  'incoming',
  'outgoing',
  'sourceRef',
  'targetRef',
  'attachedToRef',
  'duty:before',
  'duty:after',
  'duty:notBy',
]);

/** Titles of values in the designer's panel. */
const titles: { readonly [property: string]: { readonly [value: string]: string } } = {
  'duty:unit': { 'working-days': '工作日', natural: '自然日、小时' },
  'duty:edge': { end: '那一天结束（24:00）', start: '那一天开始（00:00）' },
  'duty:within': { instance: '只在这一件的这个流程里' },
  'duty:handler': handlerTitles,
  'duty:prepare': preparationTitles,
  relation: relations,
  type: {
    text: '短文本',
    longText: '长文本',
    choice: '单选',
    boolean: '是否',
    date: '日期',
    number: '数字',
    unit: '单位',
    units: '几个单位',
    sheet: '原工单',
    accused: '被指控的单位、人员',
  },
  $type: {
    'bpmn:TimerEventDefinition': '定时',
    'bpmn:MessageEventDefinition': '消息',
    'bpmn:SignalEventDefinition': '信号',
    'bpmn:ErrorEventDefinition': '错误',
    'bpmn:EscalationEventDefinition': '升级',
    'bpmn:ConditionalEventDefinition': '条件',
    'bpmn:CompensateEventDefinition': '补偿',
    'bpmn:TerminateEventDefinition': '终止',
    'bpmn:LinkEventDefinition': '链接',
    'bpmn:MultiInstanceLoopCharacteristics': '多实例',
    'bpmn:StandardLoopCharacteristics': '循环',
  },
};

const titleOf = (property: string, value: string, law: Law): string | undefined =>
  property === 'duty:level'
    ? law.levels.find(({ key }) => key === value)?.title
    : property === 'duty:role'
      ? (roleName(value, law) ?? undefined)
      : titles[property]?.[value];

/** `form.field[unit].type` → `type`. */
const lastOf = (property: string): string =>
  (property.split(/\.(?![^[]*\])/).at(-1) ?? property).replace(/\(\d+\)$/, '');

/** An unnamed flow is described by its ends; other unnamed elements keep their id. */
export function withNames(property: string, value: Json, flat: Flat, words: LawWords, law: Law): Json {
  if (typeof value === 'string') {
    if (property === 'duty:clock') return clockTitle(words, value);
    if (/^deed\[.+\]\.on$/.test(property)) return value === 'begun' ? '走到时' : '办结时';
    const title = titleOf(lastOf(property), value, law);
    if (title !== undefined) return title;
  }
  if (typeof value === 'boolean') return value ? '是' : '否';
  if (!references.has(property)) return value;
  // One attribute may hold several ids, separated by spaces.
  if (typeof value === 'string')
    return value
      .split(' ')
      .map((id) => nameOf(id, flat))
      .join('、');
  if (!Array.isArray(value)) return value;
  return (value as readonly Json[]).map((one) => (typeof one === 'string' ? nameOf(one, flat) : one));
}

/** The same for all properties of an element. */
export const withAllNames = (contents: Json, flat: Flat, words: LawWords, law: Law): Json =>
  typeof contents !== 'object' || contents === null || Array.isArray(contents)
    ? contents
    : Object.fromEntries(
        Object.entries(contents as JsonObject).map(([property, value]) => [
          property,
          withNames(property, value, flat, words, law),
        ]),
      );

function nameOf(id: string, flat: Flat): string {
  const textOf = (property: string): string => {
    const value = flat.get(id)?.get(property)?.value;
    return typeof value === 'string' ? value.trim() : '';
  };
  if (textOf('name') !== '') return textOf('name');
  const [from, to] = [textOf('sourceRef'), textOf('targetRef')];
  return from !== '' && to !== '' ? `${nameOf(from, flat)} → ${nameOf(to, flat)}` : id;
}
