/** The path of a clue's accused: the units that correct and order in that proceeding, and who may not decide in it. */
import { variablesSeenBy, type CaseFile, type Definitions, type UnitOfRole } from '../engine/index.js';
import { recusedUnits } from '../handlers/index.js';
import type { AccusedPath, StandIns } from '../identity/index.js';
import { accusedIn, accusedOf, correcting, ofAccused, unknownAccused } from '../kernel/accused.js';
import { isJsonObject, Refusal, type JsonObject } from '../kernel/index.js';
import type { Transaction } from '../platform/database/index.js';

/** Register of units and people, as to whom a clue may accuse. */
export interface AccusedRegister {
  /** Or why there is none. */
  pathOf(transaction: Transaction, accused: string): Promise<AccusedPath | { readonly none: string }>;
}

const textsIn = (list: unknown): readonly string[] =>
  Array.isArray(list) ? list.filter((one) => typeof one === 'string') : [];

/** A proceeding's path: as the register had it when a form of the proceeding was last submitted. */
function pathIn({ accused, accusedPath, unit }: JsonObject, rules: StandIns): AccusedPath {
  if (isJsonObject(accusedPath) && typeof accusedPath.body === 'string')
    return { body: accusedPath.body, superiors: textsIn(accusedPath.superiors) };
  return rules.presumedPath(accusedOf(accused, unit));
}

/**
 * The unit that does a task of the accused's body or of its superior. A recused unit does not see
 * the sheet, so the next superior does its task.
 */
export const unitOfRole =
  (rules: StandIns): UnitOfRole =>
  (role, seen) => {
    if (!ofAccused.includes(role)) return undefined;
    const variables = seen();
    const { body, superiors } = pathIn(variables, rules);
    const recused: readonly string[] = recusedUnits(variables);
    const inOrder = role === correcting ? [body, ...superiors] : superiors;
    return inOrder.find((name) => name !== '' && !recused.includes(name)) ?? inOrder.at(-1);
  };

type Proceeding = Pick<CaseFile, 'variables' | 'instances'>;

/** Whom the proceeding is against, in an instance of a process about an accused. */
export function accusedOfInstance(
  file: Proceeding,
  instance: number,
  definitions: Pick<Definitions, 'byId'>,
): string | undefined {
  const standing = file.instances.get(instance);
  const own = standing ? definitions.byId(standing.definitionId).annotations.own : [];
  if (!own.includes('accused')) return undefined;
  const { accused } = variablesSeenBy(file, instance, definitions);
  return accusedOf(accused, file.variables.unit) ?? unknownAccused;
}

/** The accused that the register looks up when somebody submits a form of the proceeding; undefined if there is none. */
export function accusedAsked(before: string | undefined, answers: JsonObject): string | undefined {
  const accused = before && (accusedOf(answers.accused, undefined) ?? before);
  return accused === unknownAccused ? undefined : accused;
}

/**
 * What a form of such a proceeding writes besides its answers: the accused's path, by today's
 * register.
 *
 * @param answers as submitted
 * @param found what the register says of `accusedAsked`
 * @throws {Refusal} `accused.not-found` if they name nobody in the register
 */
export function accusedNamed(
  before: { readonly accused: string | undefined; readonly seen: JsonObject },
  answers: JsonObject,
  found: AccusedPath | { readonly none: string } | undefined,
): JsonObject {
  if (before.accused === undefined) return {};
  const accused = accusedOf(answers.accused, undefined) ?? before.accused;
  const isStated =
    typeof answers.accused === 'string' || (answers.accused === undefined && accused === before.seen.accused);
  const stated = isStated ? {} : { accused };
  if (!found) return isJsonObject(before.seen.accusedPath) ? { ...stated, accusedPath: null } : stated;
  if ('none' in found) {
    // What an earlier form or the program stated cannot be corrected here; the law's bodies order then.
    if (typeof answers.accused !== 'string') return stated;
    throw new Refusal('accused.not-found', `被指控的“${accused.slice(0, 80)}”：${found.none}`, {
      where: 'accused',
      remedy: '从清单里选单位、热线的人员或者承办单位的人员；还不知道是谁的，选“还不知道”',
    });
  }
  const path: JsonObject = { body: found.body, superiors: [...found.superiors] };
  return JSON.stringify(path) === JSON.stringify(before.seen.accusedPath ?? null)
    ? stated
    : { ...stated, accusedPath: path };
}

/** Whether somebody is the accused, or one of the accused unit. */
export const isTheAccused = (
  written: string | undefined,
  { login, body }: { readonly login: string; readonly body: string },
): boolean => {
  const accused = accusedIn(written);
  return accused !== undefined && accused.key === (accused.kind === 'unit' ? body : login);
};
