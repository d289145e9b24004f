/**
 * The regulation's vocabulary of deeds, and what deeds do to duties: data of a version, read by one interpreter
 * (`../interpret.ts`). The language is small on purpose: trigger, limit, discharge, exception, consequence.
 */
import { z } from 'zod';

export const deedName = z.string().regex(/^[a-z]+(-[a-z]+)*\.[a-z]+(-[a-z]+)*$/);
export const factName = z.string().regex(/^[a-z][A-Za-z]*$/);
const value = z.union([z.string(), z.boolean(), z.number()]);
const key = z.string().regex(/^[a-z]+(-[a-z]+)*$/);
export const clockKey = key;

/** A deed, with the facts that it must have: one value, or any of several. */
export const actSchema = z.strictObject({
  deed: deedName,
  facts: z.record(factName, z.union([value, z.array(value).min(1)])).default({}),
});

/** What a deed does besides to duties. */
const effects = z.enum([
  /** No unit holds the matter until it is handed over again. */
  'takes-back',
  /** The sheet is registered: facts named as a variable that a correction of the sheet changes follow it. */
  'registers',
  /** A new round of handling begins. */
  'begins-round',
  /** The matter is closed: what is violated and was not made good stays so. */
  'closes',
  /** Limits recorded as passed had not, or at another instant (facts `withdrawn`, `redated`). */
  'corrects-limits',
]);

/** What the caller is shown of a deed: a fact, a short or free text of its form by the field, or that it was done. */
const shownSchema = z.union([
  z.strictObject({
    fact: factName,
    title: z.string().min(1),
    /** In words, where the fact is one of several values. */
    values: z.record(z.string(), z.string()).default({}),
  }),
  z.strictObject({ text: factName, title: z.string().min(1) }),
  /** That it was done. */
  z.strictObject({ says: z.string().min(1), title: z.string().min(1) }),
]);

const deedSchema = z.strictObject({
  name: deedName,
  title: z.string().min(1),
  /** Who may do it: roles; empty for what the system or the caller does. */
  by: z.array(key).default([]),
  /** Handlers that do it, where a service task does; empty: any. */
  handlers: z.array(z.string()).default([]),
  subject: key,
  facts: z.record(factName, z.string().min(1)).default({}),
  effect: effects.nullable().default(null),
  /**
   * It tells the caller something: done for many sheets at once, this fact may say so of itself only with this value, for
   * those whom a message of the hotline reaches.
   */
  reaches: z.strictObject({ fact: factName, value: z.string() }).nullable().default(null),
  shown: z.array(shownSchema).default([]),
  /** Not by who did one of these: who judges is not who is judged. */
  apart: z
    .array(z.strictObject({ from: z.array(deedName).min(1), provision: z.string(), why: z.string().min(1) }))
    .default([]),
});

/** Where a form records that the law forbids to show its texts: the fields for the ground and the act that says so. */
const withholdingSchema = z.strictObject({
  ground: factName,
  basis: factName,
  grounds: z.record(key, z.string().min(1)),
});

/** What must have been done before something else is, on every path of a diagram. */
const orderSchema = z.strictObject({
  provision: z.string(),
  /** In words: 没有先`first`,就`then`. */
  first: z.string().min(1),
  then: z.string().min(1),
  /** From one of these on; empty: from the start of the process. */
  from: z.array(actSchema).default([]),
  /** Only where these were done, as far as an answer in the diagram decides it. */
  given: z.array(actSchema).default([]),
  /** Any of them. */
  before: z.array(actSchema).min(1),
  /** Acts, or any task of a role but those that are one of these deeds. */
  after: z
    .array(z.union([actSchema, z.strictObject({ role: key, except: z.array(deedName).default([]) })]))
    .min(1),
});

const subjectSchema = z.strictObject({
  key,
  title: z.string().min(1),
  /** What one is called in event logs, where it is a thing of its own: an order, a proceeding. */
  noun: z.string().min(1).nullable().default(null),
  /**
   * What tells one from another: the case has one; each instance of the process; each deed that opens a duty; each unit,
   * which the fact `unit` of its deeds names and which owes it.
   */
  identity: z.enum(['case', 'instance', 'each', 'unit']),
});

const clockSchema = z.strictObject({
  key,
  title: z.string().min(1),
  /** After it something may no longer be done: nobody is late, so nothing need be raised. */
  window: z.boolean().default(false),
});

/** Who holds the matter from the act on; of several the last one counts. */
const holderSchema = z.strictObject({
  when: actSchema,
  /** A bearer of duties, or `none`: nobody, it is closed. */
  kind: key,
  /** The fact that names the unit; without one the unit that held it last. */
  named: factName.nullable().default(null),
});

export const vocabularySchema = z.strictObject({
  holders: z.array(holderSchema),
  subjects: z.array(subjectSchema).min(1),
  clocks: z.array(clockSchema),
  withholding: withholdingSchema.nullable().default(null),
  deeds: z.array(deedSchema).min(1),
  orders: z.array(orderSchema).default([]),
});

export const dutySchema = z.strictObject({
  subject: key,
  opens: z.array(actSchema).min(1),
  /** The clock that runs out on it. */
  clock: key.nullable().default(null),
  /** False where it is not the unit that holds the matter that owes it: no unit is charged with it. */
  owedByHolder: z.boolean().default(true),
  /** Any of the lists; of a list all acts, each done since it was opened. */
  discharged: z.array(z.array(actSchema).min(1)).default([]),
  /** The deed is not owed once the act was done. */
  waived: z.array(z.strictObject({ deed: deedName, by: z.string(), when: actSchema })).default([]),
  /** No longer owed, and not counted. */
  void: z.array(actSchema).default([]),
  /** Violated without a limit. */
  broken: z.array(actSchema).default([]),
  /** By which norm, and which violation: of its limit, or of another kind. */
  madeGood: z
    .array(
      z.strictObject({ by: z.string(), when: actSchema, of: z.enum(['missed', 'broken']).default('missed') }),
    )
    .default([]),
  /** While it is open, a violation of another duty may still be made good. */
  repairs: z.boolean().default(false),
});

/** What the law permits without demanding it: who decides by which acts, and which acts use the permission. */
export const powerSchema = z.strictObject({
  decided: z.array(actSchema).min(1),
  used: z.array(actSchema).min(1),
});

export type Act = z.output<typeof actSchema>;
export type DutyRule = z.output<typeof dutySchema>;
export type Vocabulary = z.output<typeof vocabularySchema>;
export type DeedMeaning = z.output<typeof deedSchema>;

/** Every act that the vocabulary itself mentions. */
export const actsOfVocabulary = ({ holders, deeds, orders }: Vocabulary): readonly Act[] => [
  ...holders.map(({ when }) => when),
  ...deeds.flatMap(({ apart }) => apart.flatMap(({ from }) => from.map((deed) => ({ deed, facts: {} })))),
  ...orders.flatMap(({ from, given, before, after }) => [
    ...[from, given, before].flat(),
    ...after.flatMap((step) => ('deed' in step ? [step] : step.except.map((deed) => ({ deed, facts: {} })))),
  ]),
];

/** Every act that the rule mentions. */
export const actsOf = (rule: DutyRule): readonly Act[] => [
  ...rule.opens,
  ...rule.discharged.flat(),
  ...rule.waived.map(({ when }) => when),
  ...rule.void,
  ...rule.broken,
  ...rule.madeGood.map(({ when }) => when),
];
