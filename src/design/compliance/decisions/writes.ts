/** Variables that a table writes into the case. */
import {
  aDate,
  aList,
  anInstant,
  anything,
  aNumber,
  aText,
  aTruth,
  oneOf,
  type CellType,
  type DecisionTable,
  type ValueType,
} from '../../../engine/model/index.js';

/** Type of a column as a variable's type. */
export const typeOfCell = (type: CellType): ValueType => {
  switch (type) {
    case 'text':
      return aText;
    case 'number':
    case 'integer':
      return aNumber;
    case 'boolean':
      return aTruth;
    case 'date':
      return aDate;
    case 'instant':
      return anInstant;
    case 'any':
      return anything;
  }
};

/** Variables that a table writes; a cell may be null. */
export function writesOf({ outputs, rules, hitPolicy }: DecisionTable): {
  readonly [name: string]: ValueType;
} {
  return Object.fromEntries(
    outputs.map(({ name, type, otherwise }, at) => {
      const cells = [...rules.map(({ results }) => results[at] ?? 'null'), ...(otherwise ? [otherwise] : [])];
      const texts = cells
        .filter((cell) => cell !== 'null')
        .map((cell) => /^"((?:[^"\\]|\\.)*)"$/.exec(cell)?.[1]);
      const listed = type === 'text' && texts.every((text): text is string => text !== undefined);
      const one = listed ? oneOf(...new Set(texts.filter((text) => text !== undefined))) : typeOfCell(type);
      if (hitPolicy === 'C') return [name, aList(one)];
      return [name, cells.includes('null') || type === 'any' ? { ...one, nullable: true as const } : one];
    }),
  );
}
