/**
 * Decides for the head, each column and each row of a merged table which side it comes from, and
 * where somebody must choose.
 */
import type { DecisionTree } from '../../../engine/model/index.js';
import type { Choice, Choices } from '../difference/merged.js';
import {
  differs,
  rowsTouching,
  settled,
  settledValue,
  type Column,
  type Parts,
  type Row,
  type Settled,
  type Three,
} from './merge-parts.js';

export interface Part extends Settled {
  readonly id: string;
  readonly name: string;
  /** Side whose heading or note it has. */
  readonly words: Choice;
}

export interface ColumnPart extends Part {
  /** Its heading on each side; undefined if that side lacks it. */
  readonly label: { readonly [side in Choice]: string | undefined };
  /** Rows in which each side has changed its cells. */
  readonly touching: { readonly [side in Choice]: readonly Row[] };
  /** Set if one side changed the column's question and the other its cells. */
  readonly note: string | undefined;
}

/** Name and owner of each part of the head, also of parts that decide nothing. */
const heads = [
  ['logic', 'hitPolicy'],
  ['decision', 'name'],
  ['decision', 'description'],
] as const;

export function settledHead(trees: Three<DecisionTree>, choice: Choice | undefined) {
  return heads.map(([holder, name]) => {
    const of = (side: keyof typeof trees): string => trees[side][holder].get<string | undefined>(name) ?? '';
    const way = settledValue(of('base').trim(), of('mine').trim(), of('theirs').trim(), choice);
    return {
      holder,
      name,
      value: of(way.from),
      clashes: way.clashes,
      mine: of('mine'),
      theirs: of('theirs'),
    };
  });
}

const union = ({ theirs, mine }: Three<ReadonlyMap<string, unknown>>): readonly string[] => [
  ...new Set([...theirs.keys(), ...mine.keys()]),
];

export function settledColumns(
  { base, mine, theirs }: Three<Parts>,
  choices: Choices,
): readonly ColumnPart[] {
  const ids = union({ base: base.columns, mine: mine.columns, theirs: theirs.columns });
  return ids.map((id) => {
    const [was, own, other] = [base.columns.get(id), mine.columns.get(id), theirs.columns.get(id)];
    const touchedBy = (side: Parts, column: Column | undefined): readonly Row[] =>
      was && column ? rowsTouching(base, side, column) : [];
    const touching = { mine: touchedBy(mine, own), theirs: touchedBy(theirs, other) };
    const asksAnother = (now: Column | undefined): boolean => now?.facts !== was?.facts;
    // If one side removed the column, any change of the other counts.
    const changed = (
      now: Column | undefined,
      against: Column | undefined,
      touched: readonly Row[],
    ): boolean => asksAnother(now) || (!against && (now?.label !== was?.label || touched.length > 0));
    const way = settled(
      changed(own, other, touching.mine),
      changed(other, own, touching.theirs),
      own?.facts === other?.facts,
      choices[id],
    );
    const words = own && other ? settledValue(was?.label, own.label, other.label, choices[id]) : way;
    const name = `“${(was ?? own ?? other)?.label ?? id}”一列`;
    const note =
      !was || !own || !other || way.clashes
        ? undefined
        : noteOn(name, way.from, touching, {
            mine: asksAnother(own),
            theirs: asksAnother(other),
          });
    return {
      ...{ id, name, from: way.from, words: words.from, clashes: way.clashes || words.clashes },
      ...{ touching, note, label: { mine: own?.label, theirs: other?.label } },
    };
  });
}

function noteOn(
  name: string,
  from: Choice,
  touching: ColumnPart['touching'],
  asks: { readonly [side in Choice]: boolean },
): string | undefined {
  const [one, other] = from === 'mine' ? (['mine', 'theirs'] as const) : (['theirs', 'mine'] as const);
  if (!asks[one] || touching[other].length === 0) return undefined;
  const people = { mine: '我', theirs: '对方' } as const;
  return `${name}的表头${people[one]}改过，${people[other]}写了这一列的 ${touching[other].length} 格，请核对是否相配`;
}

export function settledRows({ base, mine, theirs }: Three<Parts>, choices: Choices): readonly Part[] {
  const ids = union({ base: base.rows, mine: mine.rows, theirs: theirs.rows });
  return ids.map((id) => {
    const [was, own, other] = [base.rows.get(id), mine.rows.get(id), theirs.rows.get(id)];
    const changed = (now: Row | undefined, against: Row | undefined): boolean =>
      differs(was, now) || (!against && now?.note !== was?.note);
    const same = own && other ? !differs(own, other) : own === other;
    const way = settled(changed(own, other), changed(other, own), same, choices[id]);
    const words = own && other ? settledValue(was?.note, own.note, other.note, choices[id]) : way;
    const name = was ? `原第 ${was.number} 行` : `第 ${(other ?? own)?.number ?? ''} 行`;
    return { id, name, from: way.from, words: words.from, clashes: way.clashes || words.clashes };
  });
}
