/** What an officer changes in a decision table: rules are counted from 1, columns are known by their label. */
import { below, type XmlElement } from '../../../../src/kernel/xml-tree.js';
import { childOf, childrenOf, remove, type Drawing, type Stroke } from '../drawing.js';

const tableOf = ({ root }: Drawing): XmlElement => {
  const table = [...below(root)].find(({ name }) => name === 'decisionTable');
  if (!table) throw new Error('no table');
  return table;
};

const rulesOf = (drawing: Drawing): readonly XmlElement[] => childrenOf(tableOf(drawing), 'rule');

const ruleOf = (drawing: Drawing, rule: number): XmlElement => {
  const found = rulesOf(drawing)[rule - 1];
  if (!found) throw new Error(`no rule ${rule}`);
  return found;
};

/** Where the table decides something else. */
export const cell =
  (rule: number, column: string, text: string): Stroke =>
  (drawing) => {
    const table = tableOf(drawing);
    const columns = [...childrenOf(table, 'input'), ...childrenOf(table, 'output')];
    const place = columns.findIndex(({ attributes }) => attributes['label'] === column);
    const entries = childrenOf(ruleOf(drawing, rule)).filter(({ name }) => name.endsWith('Entry'));
    const written = entries[place] && childOf(entries[place], 'text');
    if (!written) throw new Error(`no column ${column}`);
    written.children = [text];
  };

export const withoutTableRule =
  (rule: number): Stroke =>
  (drawing) =>
    remove(drawing, new Set([ruleOf(drawing, rule)]));

/** The rule is put before another one. */
export const ruleBefore =
  (rule: number, other: number): Stroke =>
  (drawing) => {
    const [moved, next, table] = [ruleOf(drawing, rule), ruleOf(drawing, other), tableOf(drawing)];
    remove(drawing, new Set([moved]));
    table.children.splice(table.children.indexOf(next), 0, moved);
  };
