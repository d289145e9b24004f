/**
 * Makes CloudEvents 1.0 from trail entries; pure. They contain numbers, codes, instants and unit
 * names, but no texts and no persons.
 */
import {
  deedsIn,
  enteredIn,
  processOf,
  subjectOf,
  type Body,
  type Deed,
} from '../../accountability/events/index.js';
import { toShanghaiIso } from '../../kernel/civil-date.js';
import { basePath } from '../../kernel/index.js';
import type { Law } from '../../kernel/law.js';
import { cloudEvent, type CloudEvent } from '../outbox/index.js';
import { cardLevels, eventsByDeed, type EventType } from './event-types/index.js';
import type { CaseEntry } from './notices.js';

export type SheetEvent = CloudEvent<EventType, Content>;

interface Content {
  readonly workOrder: string;
  /** Number of the entry in the work order's trail; orders the events. */
  readonly entry: number;
  readonly process: string | null;
  readonly element: string;
  readonly level: string | null;
  /** Handling unit at the time of sending. */
  readonly unit: string | null;
  /** For a withdrawal: number of the entry that gave the level. */
  readonly withdraws: number | null;
  /** For a correction: the entry that gave the level, with the old and new instant. */
  readonly redates?: Redating;
  readonly link: string;
}

interface Redating {
  readonly entry: number;
  readonly from: string;
  readonly to: string;
}

export function eventsOf(caseEntry: CaseEntry, law: Law): SheetEvent[] {
  const { entry } = caseEntry;
  if (entry.type === 'escalation.revoked') return withdrawals(caseEntry, entry.body);
  if (entry.type === 'escalation.redated') return redatings(caseEntry, entry.body);
  // A loop may enter an element several times in one step.
  const elements = [...new Set([...[subjectOf(entry) ?? []].flat(), ...enteredIn(entry)])];
  const levelOf = (element: string): string | null => caseEntry.element(element)?.level ?? null;
  const done = new Map(
    deedsIn(entry).flatMap((deed) => {
      const rule = eventsByDeed.find((one) => isOf(one, deed));
      return rule ? [[rule.event, deed.name] as const] : [];
    }),
  );
  return [
    ...[...done].map(([event, deed]) => {
      const element = elements.find((id) => doesIt(caseEntry, id, deed)) ?? '';
      return eventOf(caseEntry, event, { element, level: levelOf(element) });
    }),
    ...enteredOnce(entry).flatMap((element) => {
      const level = levelOf(element);
      return level !== null && cardLevels(law).includes(level)
        ? [eventOf(caseEntry, 'cn.hotline12345.level.reached', { element, level })]
        : [];
    }),
  ];
}

const enteredOnce = (entry: CaseEntry['entry']): readonly string[] => [...new Set(enteredIn(entry))];

const isOf = ({ deed, where = {} }: (typeof eventsByDeed)[number], { name, facts = {} }: Deed): boolean =>
  deed === name &&
  Object.entries(where).every(([fact, values]) => values.some((value) => value === facts[fact]));

const doesIt = (caseEntry: CaseEntry, element: string, deed: string): boolean =>
  caseEntry.element(element)?.deeds.some(({ name }) => name === deed) ?? false;

const withdrawals = (
  caseEntry: CaseEntry,
  { of: element, revokedLevels, revokes: withdraws }: Body<'escalation.revoked'>,
): SheetEvent[] =>
  revokedLevels.map((level) =>
    eventOf(caseEntry, 'cn.hotline12345.card.withdrawn', { element, level, withdraws }),
  );

function redatings(
  caseEntry: CaseEntry,
  { of: element, redatedLevels, redates, from, due }: Body<'escalation.redated'>,
): SheetEvent[] {
  const moved = {
    entry: redates,
    from: toShanghaiIso(new Date(from)),
    to: toShanghaiIso(new Date(due)),
  };
  return redatedLevels.map((level) =>
    eventOf(caseEntry, 'cn.hotline12345.level.redated', { element, level, redates: moved }),
  );
}

function eventOf(
  { stream, entry, unit }: CaseEntry,
  type: EventType,
  about: {
    readonly element: string;
    readonly level: string | null;
    readonly withdraws?: number | null;
    readonly redates?: Redating;
  },
): SheetEvent {
  const { element, level, withdraws = null, redates } = about;
  const { seq, at } = entry;
  // The element is part of the id because one entry may yield several events. The id has no dots,
  // since the signature separates its parts by dots.
  const parts = [stream, String(seq), element, ...(level === null ? [] : [level])];
  return cloudEvent({
    id: `evt_${parts.map((part) => encodeURIComponent(part).replaceAll('.', '%2E')).join('_')}`,
    type,
    subject: stream,
    at,
    data: {
      ...{ workOrder: stream, entry: seq, process: processOf(entry)?.process ?? null },
      ...{ element, level, unit, withdraws },
      ...(redates ? { redates } : {}),
      link: `${basePath()}/api/work-orders/${encodeURIComponent(stream)}`,
    },
  });
}
