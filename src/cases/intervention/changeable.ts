/** Determines which variables of a stuck case two people may correct: those that its diagrams use in decisions. */
import {
  duty,
  elementsOf,
  limitReference,
  eventDefinitions,
  feel,
  owningIn,
  processOf,
  variablesSeenBy,
  optionsUnder,
  scopeOf,
  type CaseFile,
  type DecisionTable,
  type DefinitionStore,
  type DeployedDefinition,
  type ElementAnnotation,
  type FormField,
  type OwningToken,
} from '../../engine/index.js';
import { Refusal, type Json } from '../../kernel/index.js';
import type { Law } from '../../kernel/law.js';
import type { Transaction } from '../../platform/database/index.js';
import { correctableFields, kindOfField } from '../../sheet/index.js';
import { answersAnew } from '../form.js';

export interface Changeable {
  readonly name: string;
  readonly label: string;
  /** The form field that asks for the variable, with the options of its list; undefined if no form asks for it. */
  readonly field: FormField | undefined;
  readonly element: ElementAnnotation | undefined;
  /** Set for a variable that belongs to one process instance. */
  readonly instance: number | null;
  /** Set for a variable that belongs to one running activity; the label contains the activity's name. */
  readonly token: string | null;
  /** Undefined if the variable has no value. */
  readonly value: Json | undefined;
}

/** Other types are corrected in other ways: texts are sealed, units are dispatched, earlier sheets are proved. */
const correctableTypes = new Set(['choice', 'boolean', 'number', 'date', 'text']);

/** Copies of sheet fields, which are corrected with the sheet. */
const ofTheSheet = new Set(correctableFields.map((field) => kindOfField(field).variable));

/** Changeable variables in the loaded definitions. */
export async function changeableIn(
  transaction: Transaction,
  definitions: DefinitionStore,
  file: CaseFile,
  at: Date,
  law: Law,
): Promise<readonly Changeable[]> {
  const found = new Map<string, Changeable>();
  const table = (key: string): DecisionTable | undefined => definitions.table(key, at)?.table;
  const note = (deployed: DeployedDefinition, own: readonly string[], instance: number | null): void => {
    const fields = fieldsIn(deployed, law);
    const { names, local } = namesIn(deployed, table);
    for (const name of names) {
      if (local.has(name)) continue;
      const [element, field] = fields.get(name) ?? [];
      if (ofTheSheet.has(name) || (field && !correctableTypes.has(field.type))) continue;
      const whose = own.includes(name) ? instance : null;
      const variables = instance === null ? file.variables : variablesSeenBy(file, instance, definitions);
      const value = variables[name];
      const known = found.get(`${name} ${whose}`);
      if (!known?.field)
        found.set(`${name} ${whose}`, {
          ...{ name, label: field?.label ?? name, field, element, instance: whose, token: null, value },
        });
    }
  };
  for (const { number, definitionId, called } of file.instances.values()) {
    const deployed = definitions.byId(definitionId);
    for (const one of [deployed, ...Object.values(called).map((id) => definitions.byId(id))])
      note(one, deployed.annotations.own, number);
  }
  for (const { instance, process, version } of file.incidents.values())
    if (instance === null) note(await definitions.named(transaction, process, version), [], null);
  const shared = [...found.values()].sort((one, other) => (one.name < other.name ? -1 : 1));
  return [
    ...shared,
    ...owningIn(file, definitions).flatMap((owning) =>
      ownIn(owning, running(definitions, file, owning), table, law),
    ),
  ];
}

/** The version that contains the running element: the instance's version, or that of a process it calls. */
export function running(
  definitions: Pick<DefinitionStore, 'byId'>,
  file: CaseFile,
  { instance, process }: { readonly instance: number; readonly process: string },
): DeployedDefinition {
  const standing = file.instances.get(instance);
  return definitions.byId(standing?.called[process] ?? standing?.definitionId ?? 0);
}

/** Variables of a running activity that its process reads. */
function ownIn(
  { instance, token, element: id, variables }: OwningToken,
  deployed: DeployedDefinition,
  table: (key: string) => DecisionTable | undefined,
  law: Law,
): readonly Changeable[] {
  const fields = fieldsIn(deployed, law);
  const { names } = namesIn(deployed, table);
  const activity = deployed.annotations.element(id)?.name ?? id;
  return Object.entries(variables).flatMap(([name, value]) => {
    const [element, field] = fields.get(name) ?? [];
    if (!names.has(name) || (field && !correctableTypes.has(field.type))) return [];
    const label = `“${activity}”自己的${field?.label ?? name}`;
    return [{ name, label, field, element, instance, token, value }];
  });
}

/** Whether the act corrects this variable. */
export const isOf = (
  { name, instance, token }: Pick<Changeable, 'name' | 'instance' | 'token'>,
  act: Pick<Changeable, 'name' | 'instance' | 'token'>,
): boolean => name === act.name && instance === act.instance && token === act.token;

/** @throws {Refusal} `intervention.invalid`; `input.invalid` for a value that the form would refuse */
export function assertFits({ name, field, element, value: before }: Changeable, value: Json, law: Law): void {
  if (field && element) answersAnew(element, [{ ...field, required: true }], { [name]: value }, law);
  if (JSON.stringify(value) === JSON.stringify(before ?? null)) {
    throw new Refusal('intervention.invalid', `变量 ${name} 现在就是这个值`, {
      where: 'act.value',
      remedy: '写与现在不同的值',
    });
  }
}

function fieldsIn(
  { annotations }: DeployedDefinition,
  law: Law,
): ReadonlyMap<string, readonly [ElementAnnotation, FormField]> {
  return new Map(
    annotations.elements.flatMap((element) =>
      element.form.map((field) => {
        const { list: _settled, ...said } = field;
        return [field.key, [element, { ...said, options: optionsUnder(field, law) }] as const] as const;
      }),
    ),
  );
}

/**
 * Names that the conditions, timers, repetitions, decision tables and mappings of a process read.
 * `local`: only those that belong to activities and repetitions.
 */
function namesIn(
  { definition }: DeployedDefinition,
  tableOf: (key: string) => DecisionTable | undefined,
): { readonly names: ReadonlySet<string>; readonly local: ReadonlySet<string> } {
  const { nodes, flows } = elementsOf(processOf(definition));
  const texts: (string | null | undefined)[] = flows.map(
    ({ conditionExpression }) => conditionExpression?.body,
  );
  const local = new Set(['loopCounter']);
  for (const node of nodes) {
    for (const { condition, timeDate, timeDuration, timeCycle } of eventDefinitions(node)) {
      texts.push(condition?.body);
      for (const timer of [timeDate, timeDuration, timeCycle])
        if (timer?.body?.trim().startsWith('=') && !limitReference(timer.body)) texts.push(timer.body);
    }
    const decision = duty(node, 'decision');
    if (decision) for (const { expression } of tableOf(decision)?.inputs ?? []) texts.push(expression);
    const { locals = [], outputs = [] } = scopeOf(node) ?? {};
    for (const { value } of [...locals, ...outputs]) texts.push(value);
    for (const { name } of locals) local.add(name);
    const loop = node.loopCharacteristics;
    if (!loop) continue;
    texts.push(duty(loop, 'collection'), loop.loopCardinality?.body);
    texts.push(loop.completionCondition?.body, loop.loopCondition?.body);
    for (const item of [duty(loop, 'item'), loop.inputDataItem?.name]) if (item) local.add(item);
  }
  const names = texts.flatMap(namesRead).filter((name) => !isCount(name) && name !== 'policies');
  return { names: new Set(names), local };
}

/** Counters of a repetition: how many instances exist, run, and are done. */
const isCount = (name: string): boolean => /^(?:numberOf|nrOf)\w*Instances$/.test(name);

/** Names of variables, set or not. FEEL's own functions are excluded. */
export function namesRead(text: string | null | undefined): readonly string[] {
  if (!text?.trim()) return [];
  const expression = text.replace(/^=\s*/, '');
  try {
    return feel(expression).names.filter((name) => !new RegExp(`\\b${name}\\s*\\(`, 'u').test(expression));
  } catch {
    return [];
  }
}
