/**
 * A trail entry as other systems are told of it: CloudEvents 1.0. Pure. Only numbers, codes, instants and names of
 * units go in: nothing that somebody wrote, nobody's name.
 */
import { toShanghaiIso } from '../calendar/index.js';
import { cardLevels, eventsByElement, type EventType } from './event-types/index.js';
import type { Told } from './tell.js';

export interface SheetEvent {
  readonly specversion: '1.0';
  /** Made of the entry's place in the trail: the same whenever the entry is told. */
  readonly id: string;
  readonly source: '/hotline';
  readonly type: EventType;
  /** The work order's number. */
  readonly subject: string;
  /** The legal instant. */
  readonly time: string;
  readonly datacontenttype: 'application/json';
  readonly data: {
    readonly workOrder: string;
    /** Number of the entry in the work order's trail: who keeps the greatest knows the newest. */
    readonly entry: number;
    readonly process: string | null;
    readonly element: string;
    readonly level: string | null;
    /** The handling unit when this is told. */
    readonly unit: string | null;
    /** Of a withdrawal: the entry by which the level was given. */
    readonly withdraws: number | null;
    /** Of a correction only: the entry by which the level was given, its instant until now and from now on. */
    readonly redates?: Redating;
    readonly link: string;
  };
}

interface Redating {
  readonly entry: number;
  readonly from: string;
  readonly to: string;
}

export function eventsOf(told: Told): SheetEvent[] {
  const { type, body } = told.entry;
  if (type === 'escalation.revoked') return withdrawals(told);
  if (type === 'escalation.redated') return redatings(told);
  const { process, entered } = body;
  const known = typeof process === 'string' ? eventsByElement[process] : undefined;
  if (!known || !Array.isArray(entered)) return [];
  // A loop enters an element more than once in one step: it is told once.
  return [...new Set(entered as readonly unknown[])].flatMap((element) => {
    if (typeof element !== 'string') return [];
    const level = told.element(element)?.level ?? null;
    const event = Object.hasOwn(known, element) ? known[element] : undefined;
    if (event) return [eventOf(told, event, { element, level })];
    return level !== null && cardLevels.includes(level)
      ? [eventOf(told, 'cn.hotline12345.level.reached', { element, level })]
      : [];
  });
}

function withdrawals(told: Told): SheetEvent[] {
  const { of: element, revokedLevels, revokes } = told.entry.body;
  if (typeof element !== 'string' || !Array.isArray(revokedLevels)) return [];
  const withdraws = typeof revokes === 'number' ? revokes : null;
  return (revokedLevels as readonly unknown[]).flatMap((level) =>
    typeof level === 'string'
      ? [eventOf(told, 'cn.hotline12345.card.withdrawn', { element, level, withdraws })]
      : [],
  );
}

function redatings(told: Told): SheetEvent[] {
  const { of: element, redatedLevels, redates, from, due } = told.entry.body;
  if (typeof element !== 'string' || !Array.isArray(redatedLevels)) return [];
  if (typeof redates !== 'number' || typeof from !== 'string' || typeof due !== 'string') return [];
  const moved = {
    entry: redates,
    from: toShanghaiIso(new Date(from)),
    to: toShanghaiIso(new Date(due)),
  };
  return (redatedLevels as readonly unknown[]).flatMap((level) =>
    typeof level === 'string'
      ? [eventOf(told, 'cn.hotline12345.level.redated', { element, level, redates: moved })]
      : [],
  );
}

function eventOf(
  { stream, entry: { seq, at, body }, unit }: Told,
  type: EventType,
  about: {
    readonly element: string;
    readonly level: string | null;
    readonly withdraws?: number | null;
    readonly redates?: Redating;
  },
): SheetEvent {
  const { element, level, withdraws = null, redates } = about;
  // Several may be told of one entry. No point in it: the signature sets the parts apart by points.
  const parts = [stream, String(seq), element, ...(level === null ? [] : [level])];
  return {
    specversion: '1.0',
    id: `evt_${parts.map((part) => encodeURIComponent(part).replaceAll('.', '%2E')).join('_')}`,
    source: '/hotline',
    type,
    subject: stream,
    time: toShanghaiIso(at),
    datacontenttype: 'application/json',
    data: {
      workOrder: stream,
      entry: seq,
      process: typeof body.process === 'string' ? body.process : null,
      element,
      level,
      unit,
      withdraws,
      ...(redates ? { redates } : {}),
      link: `/api/work-orders/${encodeURIComponent(stream)}`,
    },
  };
}
