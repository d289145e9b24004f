/** Evaluates the table of a business rule task: the values for the case, and the record for the trail. */
import { Refusal, type Json, type JsonObject } from '../../kernel/index.js';
import { decide, policiesIn, type Decided, type DecisionInput, type DecisionTable } from '../model/index.js';
import type { Definitions, DeployedTable } from './definitions.js';
import { asEvidence } from './entry.js';
import type { PolicyValues } from '../../kernel/timer-spec.js';

export interface AskedDecision {
  readonly element: string;
  readonly key: string;
  readonly variables: JsonObject;
  readonly policies: PolicyValues;
  /** Start of the process instance; the table in force at that instant decides, as with the diagram. */
  readonly startedAt: Date;
  readonly now: Date;
  /** When the program evaluates it. */
  readonly recordedAt: Date;
}

export interface DecisionMade {
  readonly variables: JsonObject;
  readonly record: JsonObject;
}

/**
 * If that version has no answer, the version in force today decides: a case must not stay stuck at
 * a gap that was closed since. The trail names both.
 *
 * @throws {Refusal} `definition.not-found`, `decision.no-rule`, `decision.several-rules`,
 * `expression.invalid`
 */
export function decideTask(definitions: Pick<Definitions, 'table'>, asked: AskedDecision): DecisionMade {
  const { element, key, startedAt, recordedAt } = asked;
  const own = definitions.table(key, startedAt);
  if (!own) {
    throw new Refusal('definition.not-found', `业务规则任务 ${element} 的决策表 ${key} 没有部署`, {
      where: element,
      remedy: '先让这张决策表生效，或者在流程图上改选已有的一张',
    });
  }
  try {
    return made(own, asked);
  } catch (cause) {
    const today = definitions.table(key, recordedAt);
    if (!(cause instanceof Refusal)) throw cause;
    if (!today || today.id === own.id) throw at(element, cause);
    const { variables, record } = made(today, asked);
    return { variables, record: { ...record, insteadOf: own.version } };
  }
}

/** Adds the element, so that the fault can be found. */
const at = (where: string, { code, message, remedy }: Refusal): Refusal =>
  new Refusal(code, message, { where, ...(remedy === undefined ? {} : { remedy }) });

function made({ key, version, table }: DeployedTable, asked: AskedDecision): DecisionMade {
  const { element, variables, policies, now } = asked;
  const values = Object.fromEntries(policiesIn(table).map((name) => [name, policies.value(name) ?? null]));
  const decided = decide(table, { ...variables, policies: values }, now);
  const { rules, outputs } = decided;
  const record = {
    element,
    decision: key,
    version,
    inputs: saidInputs(table, decided),
    rules,
    outputs: asEvidence(outputs),
  };
  return { variables: outputs, record };
}

const saidInputs = ({ inputs, rules }: DecisionTable, { inputs: values }: Decided): readonly JsonObject[] =>
  inputs.map((input, at) => ({
    label: input.label,
    value: asEvidence(
      saidValue(
        input,
        rules.map(({ tests }) => tests[at] ?? ''),
        values[at] ?? null,
      ),
    ),
  }));

/** A text that the table does not contain may be a person's words, so the trail only records that there was one. */
function saidValue(
  { allowed = '', expression, type }: DecisionInput,
  tests: readonly string[],
  value: Json,
): Json {
  if (Array.isArray(value)) return '（清单）';
  if (value !== null && typeof value === 'object') return '（一组值）';
  if (typeof value !== 'string' || type === 'date' || type === 'instant') return value;
  if (expression.startsWith('policies.')) return value;
  return [allowed, ...tests].some((test) => test.includes(JSON.stringify(value))) ? value : '（文字）';
}
