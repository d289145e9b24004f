/** A table under check: its columns with their possible values, computed once for all rules. */
import {
  aDate,
  anInstant,
  aRecord,
  aText,
  oneOf,
  duty,
  typed,
  type DecisionTable,
  type ElementAnnotation,
  type ValueType,
} from '../../../engine/model/index.js';
import type { CheckContext, PolicyFacts, Registered } from '../context.js';
import { typesOf, variablesOf } from '../data/variables.js';
import type { Finding } from '../finding.js';
import type { ProcessModel } from '../subject.js';
import { pointsOf, testsIn, type Point } from './points.js';
import { matrixOf, type Matrix, type Row } from './regions.js';

export interface TableSubject {
  readonly table: DecisionTable;
  /** Models of the processes in force. */
  readonly models: readonly ProcessModel[];
  /** User tasks for which the table proposes answers. */
  readonly proposedTo: readonly ElementAnnotation[];
  readonly context: CheckContext;
  /** Names that expressions may use, including `policies`. */
  readonly types: ReadonlyMap<string, ValueType>;
  /** Possible values of each input, as far as known. */
  readonly known: readonly (ValueType | undefined)[];
  /** The rules whose tests can all be tried, in order. */
  readonly plain: DecisionTable;
  /** Indices of the other rules. */
  readonly unproved: readonly number[];
  /** Undefined if a column has too many values to try. */
  readonly matrix: Matrix | undefined;
}

export interface TableFinding {
  readonly severity?: Finding['severity'];
  /** Id of the rule, the column or the table. */
  readonly element: string;
  readonly message: string;
  readonly fix: string;
  /** One cell per input. */
  readonly example?: Row;
}

export type TableRule = (subject: TableSubject, say: (found: TableFinding) => void) => void;

export function subjectOf(
  table: DecisionTable,
  models: readonly ProcessModel[],
  tables: readonly DecisionTable[],
  context: CheckContext,
): TableSubject {
  const proposedTo = models.flatMap(({ annotations, elements }) =>
    elements.nodes.flatMap((node) =>
      duty(node, 'proposal') === table.key ? (annotations.element(node.id ?? '') ?? []) : [],
    ),
  );
  const types = new Map(
    proposedTo.length > 0
      ? Object.entries(context.sheet)
      : typesIn(models, [table, ...tables.filter(({ key }) => key !== table.key)], context),
  );
  types.set(
    'policies',
    aRecord(Object.fromEntries(context.policies.map((policy) => [policy.key, valueOf(policy)]))),
  );
  const known = table.inputs.map(({ expression }) => asValue(typed(expression, types).type));
  const { class: tree } = context.registers;
  const unproved = table.rules.flatMap(({ tests }, at) =>
    tests.some((test, column) => isUntried(test, table.inputs[column]?.register, tree)) ? [at] : [],
  );
  const plain = { ...table, rules: table.rules.filter((_, at) => !unproved.includes(at)) };
  const columns = table.inputs.map((input, at) =>
    pointsOf(
      input,
      plain.rules.map(({ tests }) => tests[at] ?? '-'),
      known[at],
      tree,
    ),
  );
  const points = columns.filter((column): column is readonly Point[] => column !== undefined);
  const matrix = points.length === columns.length ? matrixOf(plain, points) : undefined;
  return { table, models, proposedTo, context, types, known, plain, unproved, matrix };
}

/** Whether a test cannot be tried with values alone: the only lists that can are paths in a tree. */
const isUntried = (
  test: string,
  register: DecisionTable['inputs'][number]['register'],
  tree: readonly Registered[] | undefined,
): boolean =>
  testsIn(test).names.length > 0 ||
  (test.includes('list contains') && !(register === 'class' && tree !== undefined));

function typesIn(
  models: readonly ProcessModel[],
  tables: readonly DecisionTable[],
  context: CheckContext,
): ReadonlyMap<string, ValueType> {
  const [first, ...others] = models;
  const inForce = { others, tables };
  return first ? typesOf(variablesOf({ ...first, context, inForce, sha256: '' })) : new Map();
}

/** Only the longest duration and the highest count are known. */
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

const mostLines = 10;

/** Like `第 1、4 行`; only the first few of many. */
export function linesOf(rules: readonly { readonly number: number }[]): string {
  const first = rules.slice(0, mostLines).map(({ number }) => number);
  return `第 ${first.join('、')} 行${rules.length > mostLines ? `等 ${rules.length} 行` : ''}`;
}

/** `kind=“投诉”,days=5`: a row in words. */
export const inRow = ({ inputs }: DecisionTable, row: Row): string =>
  inputs.map(({ label }, at) => `${label} = ${row[at]?.says ?? '（任意）'}`).join('，');
