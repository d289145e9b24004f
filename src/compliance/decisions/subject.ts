/** A table under check: its columns with what they may hold, read once for all rules. */
import {
  aDate,
  anInstant,
  aRecord,
  aText,
  oneOf,
  typed,
  type DecisionTable,
  type ValueType,
} from '../../engine/model/index.js';
import type { CheckContext, PolicyFacts } from '../context.js';
import { typesOf, variablesOf } from '../data/variables.js';
import type { Finding } from '../finding.js';
import type { ProcessModel } from '../subject.js';
import { pointsOf, testsIn, type Point } from './points.js';
import { matrixOf, type Matrix, type Row } from './regions.js';

export interface TableSubject {
  readonly table: DecisionTable;
  /** Of the processes in force. */
  readonly models: readonly ProcessModel[];
  /** What expressions may look up, with `policies`. */
  readonly types: ReadonlyMap<string, ValueType>;
  /** What each input may answer, as far as it is known. */
  readonly known: readonly (ValueType | undefined)[];
  /** Rules all of whose tests can be tried out, in order. */
  readonly plain: DecisionTable;
  /** Places of the rules that cannot. */
  readonly unproved: readonly number[];
  /** Undefined where a column has too many values to try. */
  readonly matrix: Matrix | undefined;
}

export interface TableFinding {
  readonly severity?: Finding['severity'];
  /** Id of the rule, the column or the table. */
  readonly element: string;
  readonly message: string;
  readonly fix: string;
  /** One cell an input. */
  readonly example?: Row;
}

export type TableRule = (subject: TableSubject, say: (found: TableFinding) => void) => void;

export function subjectOf(
  table: DecisionTable,
  models: readonly ProcessModel[],
  tables: readonly DecisionTable[],
  context: CheckContext,
): TableSubject {
  const types = new Map(typesIn(models, [table, ...tables.filter(({ key }) => key !== table.key)], context));
  types.set(
    'policies',
    aRecord(Object.fromEntries(context.policies.map((policy) => [policy.key, valueOf(policy)]))),
  );
  const known = table.inputs.map(({ expression }) => asValue(typed(expression, types).type));
  const unproved = table.rules.flatMap(({ tests }, at) =>
    tests.some((test) => testsIn(test).names.length > 0) ? [at] : [],
  );
  const plain = { ...table, rules: table.rules.filter((_, at) => !unproved.includes(at)) };
  const columns = table.inputs.map((input, at) =>
    pointsOf(
      input,
      plain.rules.map(({ tests }) => tests[at] ?? '-'),
      known[at],
    ),
  );
  const points = columns.filter((column): column is readonly Point[] => column !== undefined);
  const matrix = points.length === columns.length ? matrixOf(plain, points) : undefined;
  return { table, models, types, known, plain, unproved, matrix };
}

function typesIn(
  models: readonly ProcessModel[],
  tables: readonly DecisionTable[],
  context: CheckContext,
): ReadonlyMap<string, ValueType> {
  const [first, ...others] = models;
  const inForce = { others, tables };
  return first ? typesOf(variablesOf({ ...first, context, inForce, sha256: '' })) : new Map();
}

/** Lengths and counts are known by their longest only. */
const valueOf = ({ values }: PolicyFacts): ValueType => (values.length > 1 ? oneOf(...values) : aText);

const asValue = (type: ReturnType<typeof typed>['type']): ValueType | undefined => {
  switch (type.kind) {
    case 'day':
      return aDate;
    case 'moment':
      return anInstant;
    case 'null':
    case 'time':
    case 'duration':
    case 'any':
      return undefined;
    default:
      return type;
  }
};

/** `kind=“投诉”,days=5`: a row in words. */
export const inRow = ({ inputs }: DecisionTable, row: Row): string =>
  inputs.map(({ label }, at) => `${label} = ${row[at]?.says ?? '(任意)'}`).join(',');
