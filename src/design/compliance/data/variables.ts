/** The variables that the expressions of a process may use, with their types and where they are set. */
import {
  aList,
  aNumber,
  anything,
  aTruth,
  duty,
  optionsUnder,
  orNull,
  outputItemOf,
  typed,
  type BpmnElement,
  type FormField,
  type ValueType,
} from '../../../engine/model/index.js';
import type { Law } from '../../../kernel/law.js';
import { writesOf } from '../decisions/writes.js';
import { modelsOf } from '../doing.js';
import { mappedIn } from './mapped.js';
import { isWithin, keeperOf, scopesIn, type Origin } from './own.js';
import type { ProcessModel, Subject } from '../subject.js';

export interface Variable {
  readonly name: string;
  /** The union of all origins' types. */
  readonly type: ValueType;
  readonly origins: readonly Origin[];
  /** The activities that own it; empty if the case does. */
  readonly keepers: readonly BpmnElement[];
}

export type Variables = ReadonlyMap<string, Variable>;

const kept = new WeakMap<Subject['process'], Variables>();

/** All processes of a case share their variables. */
export function variablesOf(subject: Subject): Variables {
  const known = kept.get(subject.process);
  if (known) return known;
  const origins = new Map<string, Origin[]>();
  const add = (name: string, origin: Origin): void => {
    origins.set(name, [...(origins.get(name) ?? []), origin]);
  };
  for (const { by, writes } of subject.context.given) {
    for (const [name, type] of Object.entries(writes)) add(name, { kind: 'given', says: by, type });
  }
  for (const model of modelsOf(subject)) {
    for (const [name, origin] of setIn(model, subject)) {
      // Variables of another process's activity are invisible here.
      if (!origin.keeper || model.key === subject.key) add(name, origin);
    }
  }
  const variables = new Map([...origins].map(([name, all]) => [name, variableOf(name, all)]));
  for (const [name, origin] of repeatedIn(subject, variables)) add(name, origin);
  const types = typesOf(variables);
  for (const model of modelsOf(subject)) {
    for (const [name, origin] of mappedIn(model, subject.key, types)) add(name, origin);
  }
  const all = new Map([...origins].map(([name, some]) => [name, variableOf(name, some)]));
  kept.set(subject.process, all);
  return all;
}

/** Variables visible to an expression at the element. @param outside after the element, or before its begin */
export function typesAt(subject: Subject, at: BpmnElement, outside: boolean): ReadonlyMap<string, ValueType> {
  const variables = variablesOf(subject);
  const everywhere = keptTypes.get(variables) ?? typesOf(variables);
  keptTypes.set(variables, everywhere);
  if (scopesIn(subject).length === 0) return everywhere;
  const seen = [...variables].filter(
    ([, { keepers }]) => keepers.length === 0 || isWithin(at, keepers, outside),
  );
  return typesOf(new Map(seen));
}

const keptTypes = new WeakMap<Variables, ReadonlyMap<string, ValueType>>();

export const typesOf = (variables: Variables): ReadonlyMap<string, ValueType> =>
  new Map([...variables].map(([name, { type }]) => [name, type]));

const variableOf = (name: string, origins: readonly Origin[]): Variable => ({
  name,
  origins,
  keepers: [...new Set(origins.flatMap(({ keeper }) => keeper ?? []))],
  type: united(origins.map(({ type }) => type)),
});

function* setIn(model: ProcessModel, { context, inForce }: Subject): Generator<readonly [string, Origin]> {
  const process = model.key;
  const scopes = scopesIn(model);
  const nodes = new Map(scopes.length > 0 ? model.elements.nodes.map((node) => [node.id, node]) : []);
  const kept = (id: string | undefined, name: string): Pick<Origin, 'keeper'> => {
    const keeper = keeperOf(scopes, nodes.get(id), name);
    return keeper ? { keeper } : {};
  };
  for (const { id, type, name, form } of model.annotations.elements) {
    const kind = type === 'bpmn:UserTask' ? 'form' : 'message';
    for (const field of form) {
      const says = `“${name}”的栏目“${field.label}”`;
      const of = { kind, says, process, element: id, ...kept(id, field.key) } as const;
      yield [field.key, { ...of, type: typeOfField(field, context.law) }];
    }
  }
  for (const node of model.elements.nodes) {
    const handler = context.handlers.find((one) => one.name === duty(node, 'handler'));
    for (const [name, declared] of Object.entries(handler?.writes ?? {})) {
      const type = ofPolicy(declared, context.policies);
      const says = `处理程序 ${handler?.name ?? ''}`;
      yield [name, { kind: 'handler', says, process, element: node.id ?? '', type, ...kept(node.id, name) }];
    }
    const table = inForce.tables.find(({ key }) => key === duty(node, 'decision'));
    for (const [name, type] of Object.entries(table ? writesOf(table) : {})) {
      const says = `决策表“${table?.name ?? ''}”`;
      yield [name, { kind: 'handler', says, process, element: node.id ?? '', type, ...kept(node.id, name) }];
    }
  }
}

/** Counters of BPMN 2.0.2, table 10.31, and their names in other engines. */
const counts =
  'loopCounter,numberOfInstances,numberOfActiveInstances,numberOfCompletedInstances,numberOfTerminatedInstances,nrOfInstances,nrOfActiveInstances,nrOfCompletedInstances';

/** Names that exist within a repetition only. */
function* repeatedIn({ elements, key }: Subject, variables: Variables): Generator<readonly [string, Origin]> {
  const types = typesOf(variables);
  for (const node of elements.nodes) {
    const { id = '', loopCharacteristics: loop } = node;
    if (!loop) continue;
    const of = { kind: 'repetition', says: '重复办理的每一份', process: key, element: id } as const;
    for (const name of counts.split(',')) yield [name, { ...of, type: aNumber }];
    const item = duty(loop, 'item') ?? loop.inputDataItem?.name ?? loop.inputDataItem?.id;
    const list = typed(duty(loop, 'collection') ?? 'null', types).type;
    if (item) yield [item, { ...of, type: list.kind === 'list' ? list.of : anything }];
    const output = loop.loopDataOutputRef?.name ?? loop.loopDataOutputRef?.id;
    const each = types.get(outputItemOf(node) ?? '') ?? anything;
    if (output) yield [output, { ...of, type: aList(orNull(each)) }];
  }
}

function typeOfField(field: FormField, law: Law): ValueType {
  const { type, required } = field;
  const nullable = required ? {} : ({ nullable: true } as const);
  switch (type) {
    case 'boolean':
      return aTruth;
    case 'number':
    case 'date':
      return { kind: type, ...nullable };
    case 'choice':
      return { kind: 'text', values: optionsUnder(field, law).map(({ value }) => value), ...nullable };
    default:
      return { kind: 'text', ...nullable };
  }
}

function ofPolicy(type: ValueType, policies: Subject['context']['policies']): ValueType {
  if (type.kind !== 'text' || type.policy === undefined) return type;
  const values = policies.find(({ key }) => key === type.policy)?.values;
  return { ...type, ...(values ? { values } : {}) };
}

/** Nothing is known about a union of different kinds. */
function united(types: readonly ValueType[]): ValueType {
  const nullable = types.some((type) => type.nullable === true) ? ({ nullable: true } as const) : {};
  const some = types.filter((type) => type.kind !== 'text' || type.values?.length !== 0);
  const [first, ...others] = some;
  if (!first) return { kind: 'text', values: [], nullable: true };
  if (others.some(({ kind }) => kind !== first.kind)) return anything;
  switch (first.kind) {
    case 'text': {
      const lists = some.map((type) => (type.kind === 'text' ? type.values : undefined));
      if (lists.some((list) => list === undefined)) return { kind: 'text', ...nullable };
      return { kind: 'text', values: [...new Set(lists.flatMap((list) => list ?? []))], ...nullable };
    }
    case 'list':
      return {
        kind: 'list',
        of: united(some.flatMap((type) => (type.kind === 'list' ? [type.of] : []))),
        ...nullable,
      };
    case 'record': {
      const fields: { [name: string]: ValueType } = {};
      for (const type of some) {
        if (type.kind !== 'record') continue;
        for (const [name, field] of Object.entries(type.fields)) {
          fields[name] = fields[name] ? united([fields[name], field]) : field;
        }
      }
      return { kind: 'record', fields, ...nullable };
    }
    default:
      return { ...first, ...nullable };
  }
}
