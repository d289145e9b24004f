/** Notice at once to those who register that what arrived says somebody is in danger; never what it says. */
import type { Transaction } from '../persistence/index.js';
import { addToInboxes } from './inboxes.js';
import { minute, recipients, type Bodies } from './notices.js';
import type { NotificationRules } from './rules.js';

export interface SuspectedEmergency {
  readonly workOrder: string;
  /** The entry that records it. */
  readonly seq: number;
  readonly at: Date;
  readonly article: string;
  /** Names of the channels. */
  readonly channels: readonly string[];
}

export async function announceEmergency(
  transaction: Transaction,
  { rules, bodies }: { readonly rules: NotificationRules; readonly bodies: Bodies },
  { workOrder, seq, at, article, channels }: SuspectedEmergency,
): Promise<void> {
  const words: { readonly [name: string]: string } = {
    ...{ workOrder, at: minute(at), channels: channels.join('、') },
  };
  const filled = (template: string): string =>
    template.replaceAll(/\{(\w+)\}/g, (whole, name: string) => words[name] ?? whole);
  const { title, text, to } = rules.emergency;
  // Nobody has registered it: there is no unit, and nobody stands in for anybody.
  const told = recipients({ title, text, to }, { role: null, unit: null, standIns: {}, bodies });
  const notices = [...new Set(told)].map((recipient) => ({
    ...{ stream: workOrder, seq, at, article, recipient, level: null, element: 'emergency' },
    ...{ title: filled(title), text: filled(text) },
  }));
  await addToInboxes(transaction, notices, at);
}
