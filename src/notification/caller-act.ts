/** Notices of what a caller did on their page: that there is something, never what it says. */
import type { Transaction } from '../persistence/index.js';
import { addToInboxes } from './inboxes.js';
import { fill, recipients, type Bodies } from './notices.js';
import type { NotificationRules } from './rules.js';
import { unitsOf } from './store/case-unit.js';

export interface CallerAct {
  readonly kind: keyof NotificationRules['callers'];
  readonly workOrder: string;
  /** The entry that records it. */
  readonly seq: number;
  readonly at: Date;
  readonly article: string;
  /** Whose tasks others do in the case. */
  readonly standIns: Readonly<Record<string, string>>;
}

export async function announceCallerAct(
  transaction: Transaction,
  { rules, bodies }: { readonly rules: NotificationRules; readonly bodies: Bodies },
  { kind, workOrder, seq, at, article, standIns }: CallerAct,
): Promise<void> {
  const unit = (await unitsOf(transaction, [workOrder])).get(workOrder) ?? null;
  const { to, title, text } = rules.callers[kind];
  // Before it is handed over there is no unit to tell.
  const told = { title, text, to: to.filter((one) => unit !== null || one !== 'unit-of-case') };
  const filled = (template: string): string => fill(template, workOrder, { name: '' }, at);
  const notices = [...new Set(recipients(told, { role: null, unit, standIns, bodies }))].map((recipient) => ({
    ...{ stream: workOrder, seq, at, article, recipient },
    ...{ element: `caller-${kind}`, level: null, title: filled(title), text: filled(text) },
  }));
  await addToInboxes(transaction, notices, at);
}
