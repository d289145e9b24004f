/** Start data and step data of a scenario as an officer edits them: converts between rows and facts. */
import type { EditedScenario } from './edit-steps.js';

type Begin = EditedScenario['begin'];
type Written = NonNullable<Begin['facts']>;

export type FactKind = 'text' | 'number' | 'boolean' | 'nothing' | 'whole';

export interface FactRow {
  readonly name: string;
  readonly kind: FactKind;
  readonly text: string;
  /** Set for a list or a record, which is kept unchanged. */
  readonly whole?: unknown;
}

const kindOf = (value: unknown): FactKind => {
  if (value === null || value === undefined) return 'nothing';
  if (typeof value === 'object') return 'whole';
  return typeof value === 'number' || typeof value === 'boolean' ? (typeof value as 'number') : 'text';
};

export const factRows = (facts: { readonly [name: string]: unknown }): readonly FactRow[] =>
  Object.entries(facts).map(([name, value]) => {
    const kind = kindOf(value);
    if (kind === 'whole') return { name, kind, text: '', whole: value };
    return { name, kind, text: kind === 'nothing' ? '' : String(value) };
  });

/** What is wrong with a row; empty if it is valid. */
export function factWrong({ name, kind, text }: FactRow, rows: readonly FactRow[]): string {
  if (name === '') return '写上是哪个变量';
  if (/\s/.test(name)) return '变量名里不能有空格';
  if (rows.filter((one) => one.name === name).length > 1) return `“${name}”写了两遍，留一个`;
  if (kind === 'number' && (text.trim() === '' || !Number.isFinite(Number(text)))) return '写一个数，例如 3';
  if (kind === 'boolean' && text !== 'true' && text !== 'false') return '选是或者否';
  return '';
}

export const factsIn = (rows: readonly FactRow[]): Written =>
  Object.fromEntries(rows.map((row) => [row.name, valueOf(row)]));

function valueOf({ kind, text, whole }: FactRow): unknown {
  switch (kind) {
    case 'number':
      return Number(text);
    case 'boolean':
      return text === 'true';
    case 'nothing':
      return null;
    case 'whole':
      return whole;
    case 'text':
      return text;
  }
}

/** Leaves out facts or policies if there are none, like a recorded scenario. */
export function begunWith(
  { begin, steps }: EditedScenario,
  { facts, policies }: { readonly facts?: Written; readonly policies?: { readonly [key: string]: string } },
): EditedScenario {
  const { facts: before, policies: decided, ...rest } = begin;
  const [now, standing] = [facts ?? before ?? {}, policies ?? decided ?? {}];
  return {
    begin: {
      ...rest,
      ...(Object.keys(now).length > 0 ? { facts: now } : {}),
      ...(Object.keys(standing).length > 0 ? { policies: standing } : {}),
    },
    steps,
  };
}

/** @param by a duty of office, a unit, or `DUTY/NAME`; empty: anybody permitted */
export function doneBy({ begin, steps }: EditedScenario, index: number, by: string): EditedScenario {
  return {
    begin,
    steps: steps.map((step, at) => {
      if (at !== index || !('do' in step.act)) return step;
      const { by: _before, ...act } = step.act;
      return { ...step, act: by === '' ? act : { ...act, by }, text: '' };
    }),
  };
}

/** Values of a message from outside, which has no form here. */
export function sentWith({ begin, steps }: EditedScenario, index: number, facts: Written): EditedScenario {
  return {
    begin,
    steps: steps.map((step, at) =>
      at === index && 'send' in step.act
        ? { ...step, act: { ...step.act, with: facts as NonNullable<typeof step.act.with> }, text: '' }
        : step,
    ),
  };
}

interface Policy {
  readonly value: string;
  readonly choices: readonly { readonly value: string; readonly label: string }[];
  readonly least: number | null;
  readonly most: number | null;
}

const shapeOf = (value: string): string => value.replace(/\d+/g, '0');

/** What is wrong with a scenario's value of a policy; empty if it is valid. */
export function policyWrong({ value: standing, choices, least, most }: Policy, value: string): string {
  if (value === '') return '写上这一次按什么值走';
  if (choices.length > 0) return choices.some((one) => one.value === value) ? '' : '从单子里选一个';
  if (shapeOf(value) !== shapeOf(standing)) return `照现行的样子写：${standing}`;
  const count = Number(/\d+/.exec(value)?.[0]);
  if (least !== null && count < least) return `至少 ${least}`;
  return most !== null && count > most ? `至多 ${most}` : '';
}
