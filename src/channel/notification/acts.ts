/**
 * Notifies people of an act on a sheet outside its processes. A notice says that there is
 * something, never what it says.
 */
import { limitInWords } from '../../kernel/civil-date.js';
import type { Transaction } from '../../platform/database/index.js';
import { addToInboxes } from './inboxes.js';
import { fill, recipients, type Bodies, type Words } from './notices.js';
import type { NotificationRule, NotificationRules } from './rules.js';
import { unitsOf } from './store/case-unit.js';

interface Act {
  readonly workOrder: string;
  /** Number of the entry that records the act. */
  readonly seq: number;
  readonly at: Date;
  readonly article: string;
  /** Stand-ins in the case, by the role they replace. */
  readonly standIns: Readonly<Record<string, string>>;
}

interface Rules {
  readonly rules: NotificationRules;
  readonly bodies: Bodies;
}

export interface CallerAct extends Act {
  readonly kind: keyof NotificationRules['callers'];
}

/** Announces that a caller did something on their page. */
export async function announceCallerAct(
  transaction: Transaction,
  { rules, bodies }: Rules,
  { kind, ...act }: CallerAct,
): Promise<void> {
  const rule = rules.callers[kind];
  if (rule === undefined) return;
  const said = { element: `caller-${kind}`, level: null, words: { name: '' } };
  await announce(transaction, bodies, act, { rule, ...said });
}

export interface UpstreamLimit extends Act {
  readonly stage: keyof NotificationRules['upstream'];
  readonly source: string;
  readonly due: Date;
}

/** Announces that the limit of the upstream hotline that sent the sheet is near, or has passed. */
export function announceUpstreamLimit(
  transaction: Transaction,
  { rules, bodies }: Rules,
  { stage, source, due, ...act }: UpstreamLimit,
): Promise<void> {
  const words = { name: '', source, due: limitInWords(due) };
  const level = `upstream-${stage}`;
  return announce(transaction, bodies, act, { rule: rules.upstream[stage], element: level, level, words });
}

export interface SuspectedEmergency extends Act {
  readonly said: keyof NotificationRules['emergency'];
  /** Names of the emergency channels. */
  readonly channels: readonly string[];
}

/** Announces that a caller's unread words suggest an emergency. */
export const announceEmergency = (
  transaction: Transaction,
  { rules, bodies }: Rules,
  { said, channels, ...act }: SuspectedEmergency,
): Promise<void> =>
  announce(transaction, bodies, act, {
    ...{ rule: rules.emergency[said], element: 'emergency', level: null },
    words: { name: '', channels: channels.join('、') },
  });

async function announce(
  transaction: Transaction,
  bodies: Bodies,
  { workOrder, seq, at, article, standIns }: Act,
  told: {
    readonly rule: NotificationRule;
    readonly element: string;
    readonly level: string | null;
    readonly words: Words;
  },
): Promise<void> {
  const unit = (await unitsOf(transaction, [workOrder])).get(workOrder) ?? null;
  const { element, level, rule, words } = told;
  // Before the matter is handed over there is no unit to notify.
  const toldTo = { ...rule, to: rule.to.filter((one) => unit !== null || one !== 'unit-of-case') };
  const title = fill(rule.title, workOrder, words, at);
  const text = fill(rule.text, workOrder, words, at);
  const notices = [...new Set(recipients(toldTo, { role: null, unit, standIns, bodies }))].map(
    (recipient) => ({
      ...{ stream: workOrder, seq, at, article, recipient, element, level, title, text },
    }),
  );
  await addToInboxes(transaction, notices, at);
}
