/**
 * Variables that each instance of a process owns (`duty:own`), so that two proceedings of one case
 * do not decide by each other's values. The case stores them by instance under one name, and beside
 * them the value written last, for readers of the whole case.
 */
import { isJsonObject } from '../../kernel/index.js';
import type { Variables } from '../runtime/interface.js';
import type { CaseFile } from './case-file.js';
import type { Definitions } from './definitions.js';

const kept = 'ownVariables';

const objectIn = (variables: Variables, name: string): Variables => {
  const value = variables[name];
  return isJsonObject(value) ? value : {};
};

/** The case's variables as the instance sees them. */
export function variablesOf(variables: Variables, own: readonly string[], instance: number): Variables {
  if (own.length === 0) return variables;
  const shared = Object.entries(variables).filter(([name]) => !own.includes(name));
  return { ...Object.fromEntries(shared), ...objectIn(objectIn(variables, kept), String(instance)) };
}

/** The variables that the forms and rules of a case's instance see. */
export function variablesSeenBy(
  file: Pick<CaseFile, 'variables' | 'instances'>,
  instance: number,
  definitions: Pick<Definitions, 'byId'>,
): Variables {
  const standing = file.instances.get(instance);
  const own = standing ? definitions.byId(standing.definitionId).annotations.own : [];
  return variablesOf(file.variables, own, instance);
}

/** The case's variables after the instance has written. */
export function withWritten(
  variables: Variables,
  written: Variables,
  own: readonly string[],
  instance: number,
): Variables {
  const after = { ...variables, ...written };
  const ofIts = Object.entries(written).filter(([name]) => own.includes(name));
  if (ofIts.length === 0) return after;
  const all = objectIn(variables, kept);
  const before = objectIn(all, String(instance));
  return { ...after, [kept]: { ...all, [instance]: { ...before, ...Object.fromEntries(ofIts) } } };
}
