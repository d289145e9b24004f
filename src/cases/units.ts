/**
 * Unit names that people enter must be in the register: a misspelt unit would never see its sheet,
 * and recusal would fail. Replayed history is not checked, because it has the names of its time.
 */
import type { ElementAnnotation } from '../engine/index.js';
import { withdrawnAmong } from '../handlers/index.js';
import { districtKinds } from '../kernel/kinds.js';
import { isJsonObject, Refusal, type JsonObject } from '../kernel/index.js';
import { lawOf, type Law } from '../kernel/law.js';
import type { Transaction } from '../platform/database/index.js';
import type { AccusedRegister } from './accused.js';
import { unitName, unitsNamed } from '../kernel/unit-name.js';

interface Place {
  readonly name: string;
  readonly kind: string;
}

/** A unit of the register, with the units above it, the nearest first. */
export interface RegisteredUnit extends Place {
  readonly above: readonly Place[];
}

export interface UnitRegister extends AccusedRegister {
  /** Returns the registered units among the names, by name; spaces are ignored. */
  among(transaction: Transaction, names: readonly string[]): Promise<readonly RegisteredUnit[]>;
  /** Kinds of the bodies that have possible stand-ins. */
  readonly bodyKinds: readonly string[];
}

/** The units that answers name, of which the register is asked once. */
export const unitsAsked = ({ form }: ElementAnnotation, answers: JsonObject): readonly string[] => [
  ...form.flatMap(({ key, type }) => (type === 'unit' || type === 'units' ? unitsNamed(answers[key]) : [])),
  ...(typeof answers.unit === 'string' ? [answers.unit] : []),
];

/**
 * What the register says about the unit named in answers: `unitDistrict`, its district (null for a
 * unit of the city, and for a district itself), and `unitIsDistrict`. Diagrams cannot read the
 * register, and a case keeps the values from when its unit was named.
 */
export function placeOfUnit(found: readonly RegisteredUnit[], { unit }: JsonObject, law: Law): JsonObject {
  if (typeof unit !== 'string') return {};
  const own = named(found, unit);
  const chain = own ? [own, ...own.above] : [];
  const district = chain.find(({ kind }) => districtKinds(law).includes(kind));
  const isDistrict = district !== undefined && district === own;
  return { unitDistrict: isDistrict ? null : (district?.name ?? null), unitIsDistrict: isDistrict };
}

const named = (found: readonly RegisteredUnit[], name: string): RegisteredUnit | undefined =>
  found.find((one) => one.name === unitName(name));

/**
 * What the register says about the units named in answers, for a form whose rules ask for it
 * (`unitKinds`): a regulation may say which kind of unit leads the others.
 */
export const kindsNamed = (found: readonly RegisteredUnit[], { rules }: ElementAnnotation): JsonObject =>
  rules.some(({ holds }) => holds.includes('unitKinds'))
    ? { unitKinds: found.map(({ name, kind }) => ({ name, kind })) }
    : {};

/**
 * Adds what the register says about the units that a form names to `bodies`, from which the case
 * knows who stands in for a recused body. A part of a body is none itself.
 */
export function bodiesNamed(
  found: readonly RegisteredUnit[],
  bodyKinds: readonly string[],
  before: JsonObject,
): JsonObject {
  const bodies = found.filter(({ kind, above }) => bodyKinds.includes(kind) && above[0]?.kind !== kind);
  if (bodies.length === 0) return {};
  const known = isJsonObject(before.bodies) ? before.bodies : {};
  return { bodies: { ...known, ...Object.fromEntries(bodies.map(({ name, kind }) => [name, kind])) } };
}

/**
 * @param holder the unit that holds the case
 * @throws {Refusal} `unit.not-found` for the first field with an unknown unit; `unit.not-below` for
 * one that is not below the holder, if the field requires that because a sheet is passed on only to
 * one's own sub-units
 */
export function assertUnitsOfForm(
  found: readonly RegisteredUnit[],
  { form, name: task }: ElementAnnotation,
  { answers, holder }: { readonly answers: JsonObject; readonly holder: string | undefined },
): void {
  for (const { key, label, type, below } of form) {
    const written = answers[key];
    if ((type !== 'unit' && type !== 'units') || typeof written !== 'string') continue;
    const names = type === 'unit' ? [written] : unitsNamed(written);
    const place = `“${task}”的“${label}”`;
    assertKnown(found, names, { where: key, place });
    if (below !== true || holder === undefined || holder === written) continue;
    const other = names.find(
      (name) => !named(found, name)?.above.some((one) => one.name === unitName(holder)),
    );
    if (other === undefined) continue;
    throw new Refusal('unit.not-below', `${place}：${other.slice(0, 60)}不在${holder}之下`, {
      where: key,
      remedy: '只能转交给本单位之下的单位；不属于本单位职责的，说明理由申请退单',
    });
  }
}

/**
 * Refuses to hand a case again to a unit that has withdrawn from it. It does not refuse a unit that passes the case on,
 * because the refusal would tell it who is accused: the process takes the case back.
 *
 * @param law of the case
 * @throws {Refusal} `unit.withdrawn`
 */
export function assertNoneWithdrawn(
  { name: task, role }: ElementAnnotation,
  { answers, variables }: { readonly answers: JsonObject; readonly variables: JsonObject },
  law: Law,
): void {
  const unit = role === 'unit' ? undefined : withdrawnAmong(answers, variables);
  if (unit === undefined) return;
  throw new Refusal('unit.withdrawn', `“${task}”：${unit}已经从这件工单回避，不能再交给它`, {
    where: 'unit',
    provision: lawOf('recusal', law),
    remedy: '另选没有被投诉、举报，也没有利害关系的单位',
  });
}

/** @throws {Refusal} `unit.not-found` */
export const assertUnits = async (
  register: UnitRegister,
  transaction: Transaction,
  names: readonly string[],
  at: { readonly where: string; readonly place: string },
): Promise<void> => assertKnown(await register.among(transaction, names), names, at);

function assertKnown(
  found: readonly RegisteredUnit[],
  names: readonly string[],
  at: { readonly where: string; readonly place: string },
): void {
  const unknown = [...new Set(names)].filter((name) => !named(found, name));
  if (unknown.length === 0) return;
  const listed = unknown.slice(0, 5).map((name) => `“${name.slice(0, 60)}”`);
  throw new Refusal('unit.not-found', `${at.place}：单位名册里没有${listed.join('、')}`, {
    where: at.where,
    remedy: '从单位名册里选，名称与名册一致；名册里还没有的，请系统管理员先在“人员与单位”里增加',
  });
}
