/**
 * Unit names that people enter must be in the register: a misspelt unit would never see its sheet,
 * and recusal would fail. Replayed history is not checked, because it has the names of its time.
 */
import type { ElementAnnotation } from '../engine/index.js';
import { isJsonObject, Refusal, type JsonObject } from '../kernel/index.js';
import type { Transaction } from '../platform/database/index.js';
import type { AccusedRegister } from './accused.js';
import { unitsNamed } from '../kernel/unit-name.js';

export interface UnitRegister extends AccusedRegister {
  /** Returns the bodies among the names that have possible stand-ins, with the kind of each. */
  bodiesAmong(transaction: Transaction, names: readonly string[]): Promise<Readonly<Record<string, string>>>;
  /** Returns the registered units among the names, with the kind of each; spaces are ignored. */
  kindsAmong(
    transaction: Transaction,
    names: readonly string[],
  ): Promise<readonly { readonly name: string; readonly kind: string }[]>;
  /** Names not in the register; spaces are ignored. */
  unknownAmong(transaction: Transaction, names: readonly string[]): Promise<readonly string[]>;
  /** Names of units that are not below the given one. */
  notBelow(transaction: Transaction, unit: string, names: readonly string[]): Promise<readonly string[]>;
  /** The name of the unit's district; null for a unit of the city, and for a district itself. */
  placeOf(
    transaction: Transaction,
    unit: string,
  ): Promise<{ readonly district: string | null; readonly isDistrict: boolean }>;
}

/**
 * What the register says about the unit named in answers: `unitDistrict`, its district, and
 * `unitIsDistrict`. Diagrams cannot read the register, and a case keeps the values from when its
 * unit was named.
 */
export async function placeOfUnit(
  register: UnitRegister,
  transaction: Transaction,
  { unit }: JsonObject,
): Promise<JsonObject> {
  if (typeof unit !== 'string') return {};
  const { district, isDistrict } = await register.placeOf(transaction, unit);
  return { unitDistrict: district, unitIsDistrict: isDistrict };
}

/**
 * What the register says about the units named in answers, for a form whose rules ask for it
 * (`unitKinds`): a regulation may say which kind of unit leads the others.
 *
 * @param answers as they were submitted
 */
export async function kindsNamed(
  register: UnitRegister,
  transaction: Transaction,
  element: ElementAnnotation,
  answers: JsonObject,
): Promise<JsonObject> {
  if (!element.rules.some(({ holds }) => holds.includes('unitKinds'))) return {};
  return {
    unitKinds: (await register.kindsAmong(transaction, namesIn(element, answers))).map((one) => ({ ...one })),
  };
}

function namesIn({ form }: ElementAnnotation, answers: JsonObject): readonly string[] {
  return form.flatMap(({ key, type }) => {
    const written = answers[key];
    return type === 'unit' || type === 'units' ? unitsNamed(written) : [];
  });
}

/**
 * Adds what the register says about the units that a form names to `bodies`, from which the case
 * knows who stands in for a recused body.
 */
export async function bodiesNamed(
  register: UnitRegister,
  transaction: Transaction,
  element: ElementAnnotation,
  { answers, before }: { readonly answers: JsonObject; readonly before: JsonObject },
): Promise<JsonObject> {
  const names = namesIn(element, answers);
  if (names.length === 0) return {};
  const found = await register.bodiesAmong(transaction, names);
  if (Object.keys(found).length === 0) return {};
  return { bodies: { ...(isJsonObject(before.bodies) ? before.bodies : {}), ...found } };
}

/**
 * @param holder the unit that holds the case
 * @throws {Refusal} `unit.not-found` for the first field with an unknown unit; `unit.not-below` for
 * one that is not below the holder, if the field requires that because a sheet is passed on only to
 * one's own sub-units
 */
export async function assertUnitsOfForm(
  register: UnitRegister,
  transaction: Transaction,
  { form, name: task }: ElementAnnotation,
  { answers, holder }: { readonly answers: JsonObject; readonly holder: string | undefined },
): Promise<void> {
  for (const { key, label, type, below } of form) {
    const written = answers[key];
    if ((type !== 'unit' && type !== 'units') || typeof written !== 'string') continue;
    const names = type === 'unit' ? [written] : unitsNamed(written);
    const place = `“${task}”的“${label}”`;
    await assertUnits(register, transaction, names, { where: key, place });
    if (below !== true || holder === undefined || holder === written) continue;
    const [other] = await register.notBelow(transaction, holder, names);
    if (other === undefined) continue;
    throw new Refusal('unit.not-below', `${place}：${other.slice(0, 60)}不在${holder}之下`, {
      where: key,
      remedy: '只能转交给本单位之下的单位；不属于本单位职责的，说明理由申请退单',
    });
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
  throw new Refusal('unit.not-found', `${at.place}：单位名册里没有${listed.join('、')}`, {
    where: at.where,
    remedy: '从单位名册里选，名称与名册一致；名册里还没有的，请系统管理员先在“人员与单位”里增加',
  });
}
