/**
 * Units that people name are those of the register: a unit that is written wrongly would never see its sheet, and one
 * that has to withdraw (Art 32) would not be recognised. Asked of what somebody writes now; history that is replayed
 * names units as they were called then and is not asked.
 */
import type { ElementAnnotation } from '../engine/index.js';
import { unitsIn } from '../handlers/index.js';
import { Refusal, type JsonObject } from '../kernel/index.js';
import type { Transaction } from '../persistence/index.js';

export interface UnitRegister {
  /** Those of the names that no unit bears; blanks in a name do not count. */
  unknownAmong(transaction: Transaction, names: readonly string[]): Promise<readonly string[]>;
}

/** @throws {Refusal} `unit.not-found` for the first field that names a unit which is not in the register */
export async function assertUnitsOfForm(
  register: UnitRegister,
  transaction: Transaction,
  { form, name: task }: ElementAnnotation,
  answers: JsonObject,
): Promise<void> {
  for (const { key, label, type } of form) {
    const written = answers[key];
    if ((type !== 'unit' && type !== 'units') || typeof written !== 'string') continue;
    const names = type === 'unit' ? [written] : unitsIn(written);
    await assertUnits(register, transaction, names, { where: key, place: `“${task}”的“${label}”` });
  }
}

/** @throws {Refusal} `unit.not-found` */
export async function assertUnits(
  register: UnitRegister,
  transaction: Transaction,
  names: readonly string[],
  at: { readonly where: string; readonly place: string },
): Promise<void> {
  if (names.length === 0) return;
  const unknown = await register.unknownAmong(transaction, names);
  if (unknown.length === 0) return;
  const listed = unknown.slice(0, 5).map((name) => `“${name.slice(0, 60)}”`);
  throw new Refusal('unit.not-found', `${at.place}:单位名册里没有${listed.join('、')}`, {
    where: at.where,
    remedy: '从单位名册里选,名称与名册一致;名册里还没有的,请系统管理员先在“人员与单位”里增加',
  });
}
