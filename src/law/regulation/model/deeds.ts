/**
 * The regulation's vocabulary of deeds, and their effects on duties: data of a version, which one
 * interpreter reads (`../interpret.ts`). The language is small on purpose: trigger, limit,
 * discharge, exception, consequence.
 */
import { z } from 'zod';
import { actSchema, deedName, factName, groundFact, key } from './deed-words.js';
import { limitSchema } from './limits.js';

export { actSchema, deedName, factName, groundFact, key as clockKey };

/** Effects of a deed other than on duties. */
const effects = z.enum([
  /** No unit holds the matter until it is handed over again. */
  'takes-back',
  /** The sheet is registered: facts that are named like a variable follow its later corrections. */
  'registers',
  /** A new round of handling begins. */
  'begins-round',
  /** The matter is closed: violations that were not remedied become permanent. */
  'closes',
  /**
   * Corrects limits recorded as passed that had not passed, or passed at another instant (facts
   * `withdrawn`, `redated`).
   */
  'corrects-limits',
]);

/** What the caller may see of a deed: a fact, a short or free text of its form, or that it was done. */
const shownSchema = z.union([
  z.strictObject({
    fact: factName,
    title: z.string().min(1),
    /** Words for the values of the fact. */
    values: z.record(z.string(), z.string()).default({}),
  }),
  z.strictObject({ text: factName, title: z.string().min(1) }),
  /** Only the statement that the deed was done. */
  z.strictObject({ says: z.string().min(1), title: z.string().min(1) }),
]);

const deedSchema = z.strictObject({
  name: deedName,
  title: z.string().min(1),
  /** Roles that may do it; empty if the system or the caller does it. */
  by: z.array(key).default([]),
  /** True: only a person may do it, no machine. */
  person: z.boolean().default(false),
  /** Handlers that may do it in a service task; empty: any. */
  handlers: z.array(z.string()).default([]),
  subject: key,
  facts: z.record(factName, z.string().min(1)).default({}),
  effect: effects.nullable().default(null),
  /**
   * Set if the deed tells the caller something. When the deed is done for many sheets at once, this
   * fact gets this value automatically, and only for callers whom a message of the hotline reaches.
   */
  reaches: z.strictObject({ fact: factName, value: z.string() }).nullable().default(null),
  shown: z.array(shownSchema).default([]),
  /** Deeds whose performer may not do this one, because nobody judges themselves. */
  apart: z
    .array(z.strictObject({ from: z.array(deedName).min(1), provision: z.string(), why: z.string().min(1) }))
    .default([]),
});

/** How a form records that the law forbids showing its texts: the fields for the ground and for the act behind it. */
const withholdingSchema = z.strictObject({
  ground: factName,
  basis: factName,
  grounds: z.record(key, z.string().min(1)),
});

/** What must be done before something else, on every path of a diagram. */
const orderSchema = z.strictObject({
  provision: z.string(),
  /** Wording: 没有先`first`,就`then`。 */
  first: z.string().min(1),
  then: z.string().min(1),
  /** The order applies from any of these on; empty: from the start of the process. */
  from: z.array(actSchema).default([]),
  /** The order applies only if these were done, as far as an answer in the diagram decides it. */
  given: z.array(actSchema).default([]),
  /** Any of these must come first. */
  before: z.array(actSchema).min(1),
  /** The later acts; or any task of a role, except tasks that are one of the deeds in `except`. */
  after: z
    .array(z.union([actSchema, z.strictObject({ role: key, except: z.array(deedName).default([]) })]))
    .min(1),
});

const subjectSchema = z.strictObject({
  key,
  title: z.string().min(1),
  /** Its name in event logs, if it is an object of its own: an order, a proceeding. */
  noun: z.string().min(1).nullable().default(null),
  /**
   * Which things have a duty of their own under one norm. `case`: the case has one duty.
   * `instance`: each process instance has one. `each`: each deed that opens the duty opens another
   * one. `unit`: each unit owes one; the fact `unit` of the deeds names the unit.
   */
  identity: z.enum(['case', 'instance', 'each', 'unit']),
  /** Whom a level about it is against, if not the holder of the matter. */
  against: z.enum(['handling-unit', 'accused']).optional(),
});

const clockSchema = z.strictObject({
  key,
  title: z.string().min(1),
  /** True for a period after which something may no longer be done: nobody is late, so nothing is escalated. */
  window: z.boolean().default(false),
  /** Its limit, where no norm limits it. */
  limit: limitSchema.nullable().default(null),
});

/** Who holds the matter after the act; if several match, the last one counts. */
const holderSchema = z.strictObject({
  when: actSchema,
  /** A bearer of duties; `none` if the matter is closed and nobody holds it. */
  kind: key,
  /** The fact that names the unit; without one, the unit that held it last. */
  named: factName.nullable().default(null),
});

/** Who may demand something in a case, until a deed makes somebody else it: the fact says whom. */
const partySchema = z.strictObject({
  key,
  title: z.string().min(1),
  first: key,
  moves: z.array(z.strictObject({ when: actSchema, to: z.strictObject({ fact: factName }) })).default([]),
});

export const vocabularySchema = z.strictObject({
  holders: z.array(holderSchema),
  parties: z.array(partySchema).default([]),
  subjects: z.array(subjectSchema).min(1),
  clocks: z.array(clockSchema),
  withholding: withholdingSchema.nullable().default(null),
  deeds: z.array(deedSchema).min(1),
  orders: z.array(orderSchema).default([]),
});

export const dutySchema = z.strictObject({
  subject: key,
  opens: z.array(actSchema).min(1),
  /** The clock that limits the duty. */
  clock: key.nullable().default(null),
  /** False if somebody other than the holding unit owes it, so that no unit is charged with it. */
  owedByHolder: z.boolean().default(true),
  /** One of these lists must be fulfilled: all acts of the list, each since the duty was opened. */
  discharged: z.array(z.array(actSchema).min(1)).default([]),
  /** After the act, the deed is no longer owed. */
  waived: z.array(z.strictObject({ deed: deedName, by: z.string(), when: actSchema })).default([]),
  /** After these acts the duty is no longer owed, and does not count. */
  void: z.array(actSchema).default([]),
  /** These acts violate the duty without a limit. */
  broken: z.array(actSchema).default([]),
  /**
   * The norm that remedies the violation, and which kind of violation: of the limit, or another. A
   * deed that has a ground remedies only by the grounds listed, and only what the unit did against
   * which its proceeding is.
   */
  madeGood: z
    .array(
      z.strictObject({ by: z.string(), when: actSchema, of: z.enum(['missed', 'broken']).default('missed') }),
    )
    .default([]),
});

/** What the law permits without requiring it: the acts that decide on it, and the acts that use it. */
export const powerSchema = z.strictObject({
  decided: z.array(actSchema).min(1),
  used: z.array(actSchema).min(1),
});

export type Act = z.output<typeof actSchema>;
export type DutyRule = z.output<typeof dutySchema>;
export type Vocabulary = z.output<typeof vocabularySchema>;
export type DeedMeaning = z.output<typeof deedSchema>;

/** Every act that the vocabulary itself mentions. */
export const actsOfVocabulary = ({ holders, parties, deeds, orders }: Vocabulary): readonly Act[] => [
  ...holders.map(({ when }) => when),
  ...parties.flatMap(({ moves }) =>
    moves.map(({ when: { deed, facts }, to }) => ({ deed, facts: { ...facts, [to.fact]: '' } })),
  ),
  ...deeds.flatMap(({ apart }) => apart.flatMap(({ from }) => from.map((deed) => ({ deed, facts: {} })))),
  ...orders.flatMap(({ from, given, before, after }) => [
    ...[from, given, before].flat(),
    ...after.flatMap((step) => ('deed' in step ? [step] : step.except.map((deed) => ({ deed, facts: {} })))),
  ]),
];

/** Acts after which the duty is no longer owed: what a holder owes ends when the matter is taken back. */
export function voidingActs(rule: DutyRule, { subjects, deeds }: Vocabulary): readonly Act[] {
  const isHolders =
    rule.owedByHolder && subjects.some(({ key, identity }) => key === rule.subject && identity === 'case');
  const takingBack = deeds.filter(({ effect }) => isHolders && effect === 'takes-back');
  return [...rule.void, ...takingBack.map(({ name }) => ({ deed: name, facts: {} }))];
}

/** Every act that the rule mentions. */
export const actsOf = (rule: DutyRule): readonly Act[] => [
  ...rule.opens,
  ...rule.discharged.flat(),
  ...rule.waived.map(({ when }) => when),
  ...rule.void,
  ...rule.broken,
  ...rule.madeGood.map(({ when }) => when),
];
