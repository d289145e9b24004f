/** A task's form as declared in the diagram: validates answers and splits them into variables and sealed texts. */
import { z } from 'zod';
import { Refusal, seal, type Json, type JsonObject, type Seal } from '../kernel/index.js';
import { isAccused } from '../kernel/accused.js';
import type { Law } from '../kernel/law.js';
import { feel, optionsUnder, type ElementAnnotation, type FormField } from '../engine/index.js';
import { provisionLabel } from '../law/regulation/index.js';

const longestText = 20_000;
const longestLine = 500;

export interface Answers {
  /**
   * Variables for conditions, deadlines and the trail. Free texts are replaced by the first digits
   * of their digests.
   */
  readonly variables: JsonObject;
  readonly sealed: readonly Seal[];
}

/** State of the case when the form is submitted. */
export interface Situation {
  readonly variables: JsonObject;
  readonly at: Date;
  /** The law of the day, which contains the package's lists. */
  readonly law: Law;
}

/**
 * A missing checkbox is `false`; any other missing optional field keeps the case's value, and null
 * clears it.
 *
 * @throws {Refusal} `input.invalid` with each missing, unknown or invalid field, or what the form's
 * rules demand
 */
export function answersOf(element: ElementAnnotation, given: JsonObject, situation: Situation): Answers {
  const result = schemaOf(element, situation.law).safeParse(given);
  if (!result.success) throw invalidForm(element, result.error, situation.law);
  const answers = split(element.form, result.data);
  assertRules(element, { ...unanswered(element, situation.variables), ...answers.variables }, situation.at);
  return answers;
}

/**
 * Corrected answers of a submitted form; null clears an optional one. The caller checks the rules.
 *
 * @throws {Refusal} `input.invalid` with each unknown or invalid field
 */
export function answersAnew(
  element: ElementAnnotation,
  fields: readonly FormField[],
  given: JsonObject,
  law: Law,
): Answers {
  const shape = fields.map((field): [string, z.ZodType<Json | undefined>] => {
    const value = valueSchema(field, law);
    return [field.key, field.required ? value.optional() : value.nullish()];
  });
  const result = z.strictObject(Object.fromEntries(shape)).safeParse(given);
  if (!result.success) throw invalidForm({ ...element, form: fields }, result.error, law);
  return split(fields, result.data);
}

function split(fields: readonly FormField[], data: { readonly [key: string]: Json | undefined }): Answers {
  const sealed: Seal[] = [];
  const variables: { [key: string]: Json } = {};
  for (const field of fields) {
    const value = data[field.key];
    if (value === undefined) continue;
    if (typeof value === 'string' && isFreeText(field)) {
      const closed = seal(field.key, value);
      sealed.push(closed);
      // The variable shows that there is a text and identifies it; the entry holds the whole
      // digest.
      variables[field.key] = `sealed:${closed.digest.slice(0, 12)}`;
    } else {
      variables[field.key] = value;
    }
  }
  return { variables, sealed };
}

/** Removes variables that this form asks for: an answer to another form's field of the same name does not count. */
function unanswered({ form }: ElementAnnotation, variables: JsonObject): JsonObject {
  const asked = new Set(form.map(({ key }) => key));
  return Object.fromEntries(Object.entries(variables).filter(([key]) => !asked.has(key)));
}

export const brokenRules = (
  element: ElementAnnotation,
  variables: JsonObject,
  at: Date,
): ElementAnnotation['rules'] =>
  element.rules.filter(({ holds }) => !feel(holds, element.id).holds(variables, at));

function assertRules(element: ElementAnnotation, variables: JsonObject, at: Date): void {
  const broken = brokenRules(element, variables, at);
  const [first] = broken;
  if (!first) return;
  throw new Refusal(
    'input.invalid',
    `“${element.name}”现在不能这样办：${broken.map(({ says }) => says).join('；')}`,
    {
      where: element.id,
      remedy: '改正后再提交',
      ...(first.provision === null ? {} : { provision: provisionLabel(first.provision) }),
    },
  );
}

const isFreeText = (field: FormField): boolean => field.type === 'longText';

/** Schemas are cached, because building one costs a hundred times its use. */
const schemas = new WeakMap<Law, WeakMap<ElementAnnotation, ReturnType<typeof formSchema>>>();

function schemaOf(element: ElementAnnotation, law: Law): ReturnType<typeof formSchema> {
  const ofLaw = schemas.get(law) ?? new WeakMap<ElementAnnotation, ReturnType<typeof formSchema>>();
  schemas.set(law, ofLaw);
  const known = ofLaw.get(element);
  if (known) return known;
  const schema = formSchema(element.form, law);
  ofLaw.set(element, schema);
  return schema;
}

function formSchema(fields: readonly FormField[], law: Law) {
  const shape: { [key: string]: z.ZodType<Json | undefined> } = {};
  for (const field of fields) {
    const value = valueSchema(field, law);
    shape[field.key] = field.required
      ? value
      : field.type === 'boolean'
        ? z.boolean().default(false)
        : value.nullish();
  }
  return z.strictObject(shape);
}

function valueSchema(field: FormField, law: Law): z.ZodType<Json> {
  switch (field.type) {
    case 'choice':
      return z.enum(optionsUnder(field, law).map((option) => option.value));
    case 'boolean':
      return z.boolean();
    case 'number':
      return z.number();
    case 'date':
      return z.iso.date();
    case 'accused':
      return z.string().trim().max(longestLine).refine(isAccused, '须从清单里选');
    case 'longText':
      return z.string().trim().min(1).max(longestText);
    default:
      return z.string().trim().min(1).max(longestLine);
  }
}

function invalidForm(element: ElementAnnotation, error: z.ZodError, law: Law): Refusal {
  const labels = new Map(element.form.map((field) => [field.key, field.label]));
  const findings = error.issues.flatMap((issue) => {
    if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => `表单没有“${key}”这一项`);
    const key = String(issue.path[0] ?? '');
    return [`“${labels.get(key) ?? key}”（${key}）：${issue.message}`];
  });
  return new Refusal('input.invalid', `“${element.name}”的表单不符合要求：${findings.join('；')}`, {
    where: element.id,
    remedy: `按表单填写：${element.form.map((field) => describe(field, law)).join('、') || '这项待办没有要填的内容'}`,
  });
}

function describe(field: FormField, law: Law): string {
  const options =
    field.type === 'choice'
      ? `，可选 ${optionsUnder(field, law)
          .map((option) => option.value)
          .join(' | ')}`
      : '';
  return `${field.label}（${field.key}${field.required ? '，必填' : ''}${options}）`;
}
