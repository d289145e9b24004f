/**
 * Corrects answers of a submitted form together with the sheet. Only answers that the form's rules
 * relate to sheet fields can be corrected, so that the rules still hold.
 */
import { isSound, processOf } from '../../accountability/events/index.js';
import type { TrailEntry } from '../../accountability/index.js';
import { feel, type CaseFile, type ElementAnnotation, type FormField } from '../../engine/index.js';
import { closedUnconfirmed, mustWithdraw, recusedUnits } from '../../handlers/index.js';
import { Refusal, type JsonObject, type Seal } from '../../kernel/index.js';
import { lawOf, type Law } from '../../kernel/law.js';
import type { Transaction } from '../../platform/database/index.js';
import { correctableFields, kindOfField } from '../../sheet/index.js';
import type { DefinitionReader } from '../definition-reader.js';
import { answersAnew } from '../form.js';
import { assertUnitsOfForm, bodiesNamed, unitsAsked, type UnitRegister } from '../units.js';
import type { PolicyValues } from '../../kernel/timer-spec.js';

/** Variables that copy a field of the sheet. */
const copies = new Set(correctableFields.flatMap((field) => kindOfField(field).variable ?? []));

/** Submitted forms of the case's tasks that ask for fields of the sheet, the latest last. */
export async function formsHandedIn(
  transaction: Transaction,
  reader: DefinitionReader,
  trail: readonly TrailEntry[],
): Promise<readonly ElementAnnotation[]> {
  const handedIn = new Set<ElementAnnotation>();
  for (const entry of trail) {
    if (!isSound(entry) || entry.type !== 'task.completed') continue;
    const ran = processOf(entry);
    const elements = ran && (await reader.elements(transaction, ran.process, ran.version));
    const element = elements?.get(entry.body.of);
    if (element?.form.some(({ key }) => copies.has(key))) handedIn.add(element);
  }
  return [...handedIn];
}

/** Fields that a rule relates to a copied sheet field, or to another such field. */
function weighedFields({ form, rules, id }: ElementAnnotation): readonly FormField[] {
  const weighed = new Set(form.flatMap(({ key }) => (copies.has(key) ? [key] : [])));
  const groups = rules.map(({ holds }) => feel(holds, id).names);
  for (let before = -1; before < weighed.size;) {
    before = weighed.size;
    for (const names of groups) {
      if (names.some((name) => weighed.has(name))) names.forEach((name) => weighed.add(name));
    }
  }
  return form.filter(({ key }) => weighed.has(key) && !copies.has(key));
}

export interface CorrectedAnswers {
  /** Changed variables only; those the case has already are left out. */
  readonly variables: JsonObject;
  readonly sealed: readonly Seal[];
  /** Bodies of the named units, from the register of units. */
  readonly bodies: JsonObject;
  /** Display names of all fields whose answers can be corrected. */
  readonly labels: ReadonlyMap<string, string>;
}

/** @throws {Refusal} `input.invalid` for an answer that cannot be corrected; `unit.not-found` */
export async function correctedAnswers(
  { units }: { readonly units: UnitRegister },
  transaction: Transaction,
  forms: readonly ElementAnnotation[],
  { given, before }: { readonly given: JsonObject; readonly before: JsonObject },
  law: Law,
): Promise<CorrectedAnswers> {
  const weighed = forms.map((element) => ({ element, fields: weighedFields(element) }));
  const labels = new Map(
    weighed.flatMap(({ fields }) => fields.map(({ key, label }) => [key, label] as const)),
  );
  const none = { variables: {}, sealed: [], bodies: {}, labels };
  if (Object.keys(given).length === 0) return none;
  const asks = weighed.findLast(({ fields }) => fields.some(({ key }) => key in given));
  if (!asks) throw notAsked(Object.keys(given), labels);
  const { variables, sealed } = answersAnew(asks.element, asks.fields, given, law);
  const found = await units.among(transaction, unitsAsked(asks.element, variables));
  assertUnitsOfForm(found, asks.element, { answers: variables, holder: undefined });
  return {
    ...none,
    variables: Object.fromEntries(
      Object.entries(variables).filter(([key, value]) => value !== (before[key] ?? null)),
    ),
    sealed,
    bodies: bodiesNamed(found, units.bodyKinds, before),
  };
}

const notAsked = (keys: readonly string[], labels: ReadonlyMap<string, string>): Refusal =>
  new Refusal('input.invalid', `没有随更正要核对的“${keys.join('、')}”`, {
    where: 'answers',
    remedy:
      labels.size === 0
        ? '还没有登记的，登记时再答；这里去掉 answers'
        : `只写 ${[...labels].map(([key, label]) => `${label}（${key}）`).join('、')}`,
  });

/**
 * Enforces what the law forbids a correction to do.
 *
 * @returns units that are complained of only since this correction
 * @throws {Refusal} `input.invalid`, with the article
 */
export function newlyRecused(
  { file, policies, law }: { readonly file: CaseFile; readonly policies: PolicyValues; readonly law: Law },
  after: JsonObject,
): readonly string[] {
  const before = file.variables;
  const [was, will] = [recusedUnits(before), recusedUnits(after)];
  const [freed] = was.filter((unit) => !will.includes(unit));
  if (freed !== undefined) {
    throw new Refusal('input.invalid', `已经登记${freed}应当回避，更正不能撤销回避`, {
      where: 'answers',
      provision: lawOf('accused', law),
      remedy: '被投诉、举报的还有别的单位，在“登记回避”里添上；登记错了的，以正确的重新登记一张工单',
    });
  }
  if (closedUnconfirmed(before, after, policies)) {
    throw new Refusal('input.invalid', '这张工单当场答复，没有经他人确认就办结了；有所指控的须由他人确认', {
      where: 'kind',
      provision: lawOf('ways-of-handling', law),
      remedy: again,
    });
  }
  const gained = will.filter((unit) => !was.includes(unit));
  if (file.endedAt && gained.length > 0 && mustWithdraw(after)) {
    throw new Refusal('input.invalid', `这张工单是${gained.join('、')}办结的，被投诉、举报的单位不得办理`, {
      where: 'answers',
      provision: lawOf('accused', law),
      remedy: again,
    });
  }
  return gained;
}

const again = '以正确的重新登记一张工单，把两张工单的编号互相写明';
