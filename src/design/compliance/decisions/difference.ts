/** All differences between two decision tables, row by row and column by column, as sentences. */
import { parseDecision, type DecisionRule, type DecisionTable } from '../../../engine/model/index.js';
import type { Change } from '../difference/change.js';

const policies = { U: 'U（唯一）', F: 'F（首行优先）', C: 'C（全部收集）' } as const;

/** @throws {Refusal} `definition.not-dmn` */
export async function tableDifference(
  before: string | Uint8Array,
  after: string | Uint8Array,
): Promise<readonly Change[]> {
  const [was, is] = [await parseDecision(before), await parseDecision(after)];
  return [...headChanges(was, is), ...columnChanges(was, is), ...ruleChanges(was, is)];
}

type Told = Pick<Change, 'element' | 'elementName' | 'property' | 'before' | 'after' | 'sentence'>;

/** Changes of names and notes affect no decision. */
const change = (told: Told, kind: Change['kind'] = 'semantic'): Change => ({ ...told, article: null, kind });

function headChanges(was: DecisionTable, is: DecisionTable): readonly Change[] {
  const of = { element: is.key, elementName: is.name };
  const changes: Change[] = [];
  if (was.hitPolicy !== is.hitPolicy) {
    const [before, after] = [policies[was.hitPolicy], policies[is.hitPolicy]];
    changes.push(
      change({ ...of, property: 'hitPolicy', before, after, sentence: `命中方式由 ${before} 改为 ${after}` }),
    );
  }
  if (was.name !== is.name) {
    const sentence = `表名由“${was.name}”改为“${is.name}”`;
    changes.push(change({ ...of, property: 'name', before: was.name, after: is.name, sentence }, 'layout'));
  }
  return changes;
}

interface Column {
  readonly id: string;
  readonly label: string;
  /** The deciding parts, in words. */
  readonly facts: { readonly [name: string]: string };
}

const columnsOf = ({ inputs, outputs }: DecisionTable): readonly Column[] => [
  ...inputs.map(({ id, label, expression, type, allowed = '不限', register = '没有' }) => ({
    id: `输入 ${id}`,
    label,
    facts: { 表达式: expression, 类型: type, 可选值: allowed, 名册: register },
  })),
  ...outputs.map(({ id, label, name, type, allowed = '不限', otherwise = '没有', register = '没有' }) => ({
    id: `输出 ${id}`,
    label,
    facts: { 变量: name, 类型: type, 可选值: allowed, 默认值: otherwise, 名册: register },
  })),
];

function columnChanges(was: DecisionTable, is: DecisionTable): readonly Change[] {
  const [before, after] = [columnsOf(was), columnsOf(is)];
  const ids = [...new Set([...after, ...before].map(({ id }) => id))];
  return ids.flatMap((id): readonly Change[] => {
    const [old, now] = [before.find((one) => one.id === id), after.find((one) => one.id === id)];
    const column = now ?? old;
    if (!column) return [];
    const [kind = '', element = ''] = id.split(' ');
    const of = { element, elementName: column.label };
    if (!old || !now) {
      const sentence = `${old ? '删去' : '增加'}${kind}列“${column.label}”`;
      return [
        change({
          ...of,
          property: 'column',
          before: old?.facts ?? null,
          after: now?.facts ?? null,
          sentence,
        }),
      ];
    }
    const facts = Object.keys(now.facts).filter((fact) => old.facts[fact] !== now.facts[fact]);
    return [
      ...facts.map((fact) => {
        const [one, other] = [old.facts[fact] ?? null, now.facts[fact] ?? null];
        const sentence = `${kind}列“${column.label}”的${fact}由 ${one} 改为 ${other}`;
        return change({ ...of, property: fact, before: one, after: other, sentence });
      }),
      ...(old.label === now.label
        ? []
        : [
            change(
              {
                ...of,
                property: 'label',
                before: old.label,
                after: now.label,
                sentence: `${kind}列“${old.label}”改名为“${now.label}”`,
              },
              'layout',
            ),
          ]),
    ];
  });
}

/** Cells are keyed by column, so that a new column does not change every row. */
const cellsOf = (
  { inputs, outputs }: DecisionTable,
  rule: DecisionRule,
): ReadonlyMap<string, readonly [string, string]> =>
  new Map([
    ...inputs.map(({ id, label }, at) => [`输入 ${id}`, [label, rule.tests[at] ?? '-']] as const),
    ...outputs.map(({ id, label }, at) => [`输出 ${id}`, [label, rule.results[at] ?? 'null']] as const),
  ]);

const inWords = (table: DecisionTable, rule: DecisionRule): string =>
  [...cellsOf(table, rule).values()].map(([label, cell]) => `${label} ${cell}`).join('，');

function ruleChanges(was: DecisionTable, is: DecisionTable): readonly Change[] {
  const all = [...new Set([...is.rules, ...was.rules].map(({ id }) => id))];
  const moved = movedIn(was, is);
  return all.flatMap((id): readonly Change[] => {
    const [old, now] = [was.rules.find((one) => one.id === id), is.rules.find((one) => one.id === id)];
    const rule = now ?? old;
    if (!rule) return [];
    const of = { element: id, elementName: `第 ${rule.number} 行` };
    if (!old || !now) {
      const said = inWords(old ? was : is, rule);
      const sentence = old ? `删去原第 ${old.number} 行：${said}` : `增加第 ${rule.number} 行：${said}`;
      return [
        change({ ...of, property: 'rule', before: old ? said : null, after: now ? said : null, sentence }),
      ];
    }
    const [before, after] = [cellsOf(was, old), cellsOf(is, now)];
    const cells = [...after].flatMap(([column, [label, cell]]) => {
      const earlier = before.get(column)?.[1];
      if (earlier === undefined || earlier === cell) return [];
      const sentence = `第 ${now.number} 行的“${label}”由 ${earlier} 改为 ${cell}`;
      return [change({ ...of, property: label, before: earlier, after: cell, sentence })];
    });
    const order: readonly Change[] = moved.has(id)
      ? [
          change({
            ...of,
            property: 'order',
            before: old.number,
            after: now.number,
            sentence: `原第 ${old.number} 行移到第 ${now.number} 行`,
          }),
        ]
      : [];
    const note: readonly Change[] =
      old.note === now.note
        ? []
        : [
            change(
              {
                ...of,
                property: 'note',
                before: old.note ?? null,
                after: now.note ?? null,
                sentence: `第 ${now.number} 行的说明改为“${now.note ?? ''}”`,
              },
              'layout',
            ),
          ];
    return [...order, ...cells, ...note];
  });
}

/** Rules that both sides have, in a different order. */
function movedIn(was: DecisionTable, is: DecisionTable): ReadonlySet<string> {
  const both = (one: DecisionTable, other: DecisionTable): readonly string[] =>
    one.rules.map(({ id }) => id).filter((id) => other.rules.some((rule) => rule.id === id));
  const [before, after] = [both(was, is), both(is, was)];
  return new Set(after.filter((id, at) => before[at] !== id));
}
