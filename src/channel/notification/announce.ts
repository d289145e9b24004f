/**
 * Turns trail entries into notices and events. A step only adds one job per batch; the job later
 * determines the recipients from the entries, which never change.
 */
import { z } from 'zod';
import { enteredIn, processOf, standInsIn } from '../../accountability/events/index.js';
import type { Trail } from '../../accountability/index.js';
import {
  barredCases,
  loadCasesByKey,
  type Announced,
  type DefinitionStore,
  type StandInsOf,
} from '../../engine/index.js';
import { addJobQuietly, defineJob, handled, type Job } from '../../platform/jobs/index.js';
import { ofAccused } from '../../kernel/accused.js';
import type { Clock } from '../../kernel/index.js';
import type { Law, Laws } from '../../kernel/law.js';
import type { Database, Transaction } from '../../platform/database/index.js';
import { addToInboxes } from './inboxes.js';
import type { NotificationRules } from './rules.js';
import { eventsOf, type SheetEvent } from './events.js';
import { sendEvents } from './send-event.js';
import { openTasksOf, partiesOf, unitsOf } from './store/case-unit.js';
import { wantedEvents, type Wanted } from './store/subscription-store.js';
import {
  handOverNotices,
  incidentNotices,
  lawNotices,
  noticesOf,
  proposalNotices,
  revocationNotices,
  type Bodies,
  type Notice,
} from './notices.js';
import type { Policies } from '../../kernel/timer-spec.js';

/** Each range is `[stream, first entry, last entry]`. */
const announcement = defineJob(
  'notification.announce',
  z.object({ entries: z.array(z.tuple([z.string(), z.int(), z.int()])) }),
  { title: '写入收件箱', attempts: 12, subject: ({ entries }) => `${entries.length} 件工单` },
);

/** Used by the executor: queues the announcement of entries in their own transaction. */
export const announcer =
  (trail: Trail) =>
  (transaction: Transaction, steps: readonly Announced[]): void => {
    const entries = steps.map(({ stream, entries: count, bookmark }): [string, number, number] => {
      const last = trail.numberOf(bookmark);
      return [stream, last - count + 1, last];
    });
    addJobQuietly(transaction, announcement, { entries });
  };

export interface AnnouncementDeps {
  readonly database: Database;
  readonly definitions: DefinitionStore;
  readonly laws: Laws;
  readonly trail: Trail;
  readonly clock: Clock;
  readonly rules: NotificationRules;
  readonly policies: Policies;
  readonly standInsOf: StandInsOf;
  readonly bodies: Bodies;
  /** Of a unit and the units above it, returns those whose recusal binds it. */
  readonly boundBy: (above: Wanted['above']) => readonly string[];
  /** Queues messages about the entries to callers, and to the upstream hotlines that sent sheets. */
  readonly tellCallers: (
    transaction: Transaction,
    entries: Awaited<ReturnType<Trail['between']>>,
  ) => Promise<void>;
}

export function announcementJob(deps: AnnouncementDeps): Job {
  const { database, definitions, laws, trail, clock, rules, bodies } = deps;
  return handled(announcement, ({ entries }) =>
    database.transaction(async (transaction) => {
      const stored = await trail.between(transaction, entries);
      const workOrders = [...new Set(entries.map(([stream]) => stream))];
      const units = await unitsOf(transaction, workOrders);
      const barred = await barredCases(transaction, workOrders);
      const standInsOf = (stream: string): Readonly<Record<string, string>> => {
        const one = barred.get(stream);
        return one ? deps.standInsOf(one.variables, deps.policies.at(one.startedAt)) : {};
      };
      const lawFor = (stream: string, at: Date): Law => {
        const startedAt = barred.get(stream)?.startedAt;
        return startedAt ? laws.ofCase({ startedAt, endedAt: at, realm: 'live' }) : laws.today();
      };
      const notices: Notice[] = [];
      const events: SheetEvent[] = [];
      for (const entry of stored) {
        const { stream } = entry;
        const ran = processOf(entry);
        const unit = units.get(stream) ?? null;
        const standIns = standInsOf(stream);
        if (entry.type === 'escalation.revoked') {
          notices.push(...revocationNotices(rules, { stream, entry, unit, standIns, bodies }));
        }
        if (entry.type === 'intervention.proposed') {
          notices.push(...proposalNotices(rules, { stream, entry, unit, standIns, bodies }));
        }
        if (entry.type === 'regulation.applied' || entry.type === 'regulation.kept') {
          const file = (await loadCasesByKey(transaction, [stream])).get(stream);
          const law = file ? laws.ofCase({ ...file, endedAt: entry.at, realm: 'live' }) : laws.today();
          notices.push(...lawNotices(rules, { stream, entry, unit, standIns, bodies }, law));
        }
        if (!ran) {
          events.push(...eventsOf({ stream, entry, unit, element: () => undefined }, laws.today()));
          continue;
        }
        const { annotations } = await definitions.named(transaction, ran.process, ran.version);
        // Only if somebody stands in does it matter which tasks are still open.
        const open = Object.keys(standIns).length > 0 ? await openTasksOf(transaction, stream) : undefined;
        const isOpen = (element: string) => open?.some((task) => task.element === element) ?? true;
        const isOfAccused = enteredIn(entry).some((id) =>
          ofAccused.includes(annotations.element(id)?.role ?? ''),
        );
        const tasks = isOfAccused
          ? [...((await loadCasesByKey(transaction, [stream])).get(stream)?.tasks.values() ?? [])]
          : [];
        const unitsAt = (element: string) =>
          tasks.flatMap((task) =>
            task.element === element && typeof task.locals?.unit === 'string' ? [task.locals.unit] : [],
          );
        const caseEntry = {
          ...{ stream, entry, unit, standIns, bodies, isOpen, unitsAt },
          element: annotations.element,
        };
        if (entry.type === 'incident.opened') {
          notices.push(...incidentNotices(rules, caseEntry));
          continue;
        }
        notices.push(...noticesOf(rules, caseEntry));
        events.push(...eventsOf(caseEntry, laws.today()));
        if (standInsIn(entry)) {
          const held = open ?? (await openTasksOf(transaction, stream));
          notices.push(...handOverNotices(rules, caseEntry, held, lawFor(stream, entry.at)));
        }
      }
      if (events.length > 0) {
        const parties = await partiesOf(transaction, workOrders);
        const wanted = await wantedEvents(transaction);
        const addressees = {
          partiesOf: (workOrder: string) => parties.get(workOrder) ?? [],
          barredFrom: (workOrder: string) => barred.get(workOrder)?.units ?? [],
          boundBy: deps.boundBy,
        };
        await sendEvents(transaction, events, wanted, addressees, clock.now());
      }
      await addToInboxes(transaction, notices, clock.now());
      await deps.tellCallers(transaction, stored);
    }),
  );
}
