/** Notices and events of an early warning; events go to subscribers of all sheets. They contain no personal data. */
import { toShanghaiIso } from '../../kernel/civil-date.js';
import { basePath } from '../../kernel/index.js';
import type { Transaction } from '../../platform/database/index.js';
import { cloudEvent } from '../outbox/index.js';
import type { EventType } from './event-types/index.js';
import { addToInboxes } from './inboxes.js';
import type { NotificationRules } from './rules.js';
import { sendEvents } from './send-event.js';
import { wantedEvents } from './store/subscription-store.js';
import { minute } from './notices.js';
import { districtTitle, provisionFor, type Law } from '../../kernel/law.js';

export interface AnnouncedWarning {
  readonly id: number;
  readonly sort: keyof NonNullable<NotificationRules['warnings']>;
  /** Name of the district; empty if unknown. */
  readonly district: string;
  /** The class or emergency in words. */
  readonly title: string;
  /** The place in words, for a warning about several sheets at one spot. */
  readonly spot: string | null;
  readonly observed: number;
  readonly since: Date;
  /** The entry that raised the warning, and its instant. */
  readonly stream: string;
  readonly seq: number;
  readonly at: Date;
}

export async function announceWarning(
  transaction: Transaction,
  rules: NotificationRules,
  warning: AnnouncedWarning,
  law: Law,
): Promise<void> {
  const { id, stream, seq, at } = warning;
  const rule = rules.warnings?.[warning.sort];
  if (rule === undefined) return;
  const words: { readonly [name: string]: string } = {
    place: warning.district || `未写明${districtTitle(law)}`,
    spot: warning.spot ?? '同一处',
    matter: warning.title,
    count: String(warning.observed),
    since: minute(warning.since),
    at: minute(at),
  };
  const fill = (template: string): string =>
    template.replaceAll(/\{(\w+)\}/g, (whole, name: string) => words[name] ?? whole);
  const notices = rule.to.map((recipient) => ({
    stream,
    seq,
    element: `warning-${id}`,
    recipient,
    level: null,
    title: fill(rule.title),
    text: fill(rule.text),
    article: provisionFor('early-warning', law),
    at,
  }));
  await addToInboxes(transaction, notices, at);
  // A warning belongs to no unit, so subscribers restricted to units do not receive it.
  const nobody = { partiesOf: () => [], barredFrom: () => [], boundBy: () => [] };
  await sendEvents(transaction, [eventOf(warning)], await wantedEvents(transaction), nobody, at);
}

const eventOf = ({ id, sort, district, observed, since, stream, seq, at, title }: AnnouncedWarning) =>
  cloudEvent<EventType, string, object>({
    id: `evt_${stream}_${seq}_warning-${id}`,
    type: 'cn.hotline12345.warning.raised',
    subject: `${stream}/${id}`,
    at,
    data: {
      ...{ warning: id, sort, district, matter: title, observed },
      since: toShanghaiIso(since),
      link: `${basePath()}/api/warnings/${id}`,
    },
  });
