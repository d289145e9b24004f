/** A scenario's expectations, and the actual values, in words. */
import { clockTitle, deedTitle, type LawWords } from '../../../../design/compliance/index.js';
import { dutyWords } from '../../../components/duty-words.js';
import { levelOf } from '../../../components/levels.js';
import { instant, limit } from '../../../time/show.js';
import type { EditedStep } from './edit-steps.js';
import { callerTitle } from '../../../law/page-law.js';

type Expected = Extract<EditedStep['act'], { expect: unknown }>['expect'];

export interface Words {
  readonly law: LawWords;
  /** Messages from outside, by their names. */
  readonly messages: readonly { readonly name: string; readonly label: string }[];
}

/** The parts of an expectation, each with its words. */
function partsOf(
  expected: Expected,
  { law, messages }: Words,
): readonly (readonly [string, readonly string[]])[] {
  const { open, escalations, due, variables, duties, done, shown, ended } = expected;
  const said = (name: string): string => messages.find((one) => one.name === name)?.label ?? name;
  const parts: readonly (readonly [string, readonly string[] | undefined])[] = [
    [
      '待做的行为',
      open?.map(
        (deeds) =>
          `“${deeds
            .split('|')
            .map((one) => deedTitle(law, one))
            .join('”或“')}”`,
      ),
    ],
    ['升级', escalations?.map(levelInWords)],
    ['消息', expected.messages?.map(said)],
    [
      '期限',
      due &&
        Object.entries(due).map(
          ([called, at]) => `${clockInWords(law, called)} ${at === null ? '没有' : limit(at)}`,
        ),
    ],
    [
      '记下的值',
      variables && Object.entries(variables).map(([key, value]) => `${key} 是“${inWords(value)}”`),
    ],
    [
      '义务',
      duties?.map(({ norm, state, unit, bearer }) =>
        [norm, stateInWords(state), unit, bearer].filter(Boolean).join(' '),
      ),
    ],
    [
      '做过的行为',
      done?.map(
        ({ deed, facts }) => `“${deedTitle(law, deed)}”（${Object.values(facts).map(inWords).join('、')}）`,
      ),
    ],
    [`${callerTitle()}看到的`, shown],
    ['结束', ended === undefined ? undefined : [ended ? '已经结束' : '还没有结束']],
  ];
  return parts.flatMap(([label, items]) => (items === undefined ? [] : [[label, items] as const]));
}

export const expectedInWords = (expected: Expected, words: Words): string =>
  `核对应当如何：${partsOf(expected, words)
    .map(([label, items]) => (label === '结束' ? items.join('') : `${label} ${items.length} 项`))
    .join('、')}`;

/** @returns a sentence for each part that differs */
export function differencesIn(expected: Expected, came: Expected, words: Words): readonly string[] {
  const found = new Map(partsOf(came, words));
  return partsOf(expected, words).flatMap(([label, wanted]) => {
    const got = found.get(label) ?? [];
    const [missing, other] = [without(wanted, got), without(got, wanted)];
    if (missing.length + other.length > 0) {
      return [`${label}：应当是 ${missing.join('、') || '没有'}，走出来的是 ${other.join('、') || '没有'}`];
    }
    return wanted.join('\n') === got.join('\n')
      ? []
      : [`${label}：先后、次数不同，走出来的是 ${got.join('、')}`];
  });
}

const without = (items: readonly string[], others: readonly string[]): readonly string[] =>
  items.filter((one) => !others.includes(one));

export function inWords(value: unknown): string {
  if (typeof value === 'boolean') return value ? '是' : '否';
  if (typeof value === 'string') return /^\d{4}-\d\d-\d\dT/.test(value) ? instant(value) : value;
  if (typeof value === 'number') return String(value);
  if (Array.isArray(value)) return `${value.length} 项`;
  return value === null ? '空' : '一份文件';
}

function levelInWords(escalation: string): string {
  const [level = '', at = ''] = escalation.split(' ');
  return `${levelOf(level).word} ${limit(at)}`;
}

/** Its clock, or the level that it leads to. */
const clockInWords = (law: LawWords, called: string): string =>
  law.clocks.some(({ key }) => key === called) ? clockTitle(law, called) : levelOf(called).word;

const stateInWords = (state: string): string =>
  Object.entries(dutyWords).find(([key]) => key === state)?.[1] ?? state;
