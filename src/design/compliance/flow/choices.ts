/** Evaluates conditions when only some of their variables are known. */
import { feel, type SequenceFlow } from '../../../engine/model/index.js';
import { Refusal } from '../../../kernel/refusal.js';
import type { Json, JsonObject } from '../../../kernel/json.js';

export type Valuation = ReadonlyMap<string, Json>;

/** With more unknown variables the result is undefined. */
const mostUnknown = 3;
const anyInstant = new Date(0);

const answersKept = new Map<string, boolean | undefined>();
const mostKept = 5000;

/** The condition's value if it is the same for all values of the unknown variables; else undefined. */
export function knownValue(condition: string, known: Valuation): boolean | undefined {
  try {
    const { names } = feel(condition);
    const relevant = names.filter((name) => known.has(name));
    if (relevant.length === 0) return undefined;
    const key = JSON.stringify([condition, relevant.map((name) => known.get(name))]);
    if (answersKept.has(key)) return answersKept.get(key);
    if (answersKept.size >= mostKept) answersKept.clear();
    const answer = judged(condition, known);
    answersKept.set(key, answer);
    return answer;
  } catch (cause) {
    if (cause instanceof Refusal) return undefined;
    throw cause;
  }
}

function judged(condition: string, known: Valuation): boolean | undefined {
  const expression = feel(condition);
  const { names } = expression;
  const unknown = names.filter((name) => !known.has(name));
  if (unknown.length > mostUnknown) return undefined;
  const base = Object.fromEntries(
    names.filter((name) => known.has(name)).map((name) => [name, known.get(name) ?? null]),
  );
  const answers = new Set(
    combinations(unknown, condition).map((others) => expression.holds({ ...base, ...others }, anyInstant)),
  );
  const [answer] = answers;
  return answers.size === 1 ? answer : undefined;
}

/** Representative values for a variable: those it is compared with, and one other. */
function candidatesFor(name: string, condition: string): readonly Json[] {
  const compared = [...condition.matchAll(/([A-Za-z_]\w*)\s*!?=\s*("[^"\\]*"|true\b|false\b|-?\d+)/g)]
    .filter(([, left]) => left === name)
    .map(([, , right = 'null']) => JSON.parse(right) as Json);
  const isTruth = compared.every((value) => typeof value === 'boolean');
  if (compared.length === 0) return [null, true, false, 0, 1, somethingElse];
  return [...new Set(isTruth ? [null, true, false] : [null, somethingElse, ...compared])];
}

const somethingElse = '\u0001';

function combinations(names: readonly string[], condition: string): readonly JsonObject[] {
  return names.reduce<readonly JsonObject[]>(
    (made, name) => {
      const values = candidatesFor(name, condition);
      return made.flatMap((one) => values.map((value) => ({ ...one, [name]: value })));
    },
    [{}],
  );
}

/** Flows an exclusive gateway may choose, in order of evaluation. */
export function possibleFlows(
  flows: readonly SequenceFlow[],
  fallback: SequenceFlow | undefined,
  known: Valuation,
): readonly SequenceFlow[] {
  const possible: SequenceFlow[] = [];
  for (const flow of flows) {
    const condition = flow.conditionExpression?.body;
    if (flow === fallback) continue;
    const holds = condition === undefined ? undefined : knownValue(condition, known);
    if (holds === false) continue;
    possible.push(flow);
    if (holds === true) return possible;
  }
  return fallback === undefined ? possible : [...possible, fallback];
}
