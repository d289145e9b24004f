/** Translates events of a logged case into deeds of the regulation, one act per deed. */
import type { Json, JsonObject } from '../kernel/index.js';
import type { Catalogue, Move, RecordedAct } from '../law/regulation/index.js';
import type { LogEvent, LoggedCase } from './log/event.js';
import { endOfPlainDay, instantReader } from './log/instants.js';
import { columnsOf, type MappedDeed, type Mapping } from './mapping.js';

export interface Act extends RecordedAct {
  /** The line's value in a column of the mapping. */
  value(column: string): string | null;
}

export type ActReader = (logged: LoggedCase) => readonly Act[];

/**
 * @param onUnmapped called for a value that the mapping's value map lacks, or an extension without
 * a day; both are left out
 */
export function actReader(
  mapping: Mapping,
  { vocabulary }: Catalogue,
  onUnmapped: (column: string, value: string) => void = () => undefined,
): ActReader {
  const places = new Map(columnsOf(mapping).map((column, index) => [column, index]));
  const meanings = new Map(vocabulary.deeds.map((deed) => [deed.name, deed]));
  const identities = new Map(vocabulary.subjects.map(({ key, identity }) => [key, identity]));
  const activities = new Map(Object.entries(mapping.activities));
  const values = new Map(
    Object.entries(mapping.values).map(([column, known]) => [column, new Map(Object.entries(known))]),
  );
  const roles = new Map(Object.entries(mapping.role?.roles ?? {}));
  const read = instantReader(mapping.instant);
  const at = (event: LogEvent, column: string | undefined): string | null =>
    column === undefined ? null : (event.values[places.get(column) ?? -1] ?? null);

  const factsOf = (event: LogEvent, { facts }: MappedDeed): JsonObject => {
    const said: { [fact: string]: Json } = {};
    for (const [fact, source] of Object.entries(facts)) {
      if ('value' in source) said[fact] = source.value;
      else {
        const raw = at(event, source.column);
        if (raw === null) continue;
        const known = values.get(source.column);
        const value = known ? known.get(raw) : raw;
        if (value === undefined) onUnmapped(source.column, raw);
        else said[fact] = value;
      }
    }
    return said;
  };

  const moveIn = (event: LogEvent, move: MappedDeed['moves'][string]): Move | null => {
    const said = 'until' in move ? move.until : move.workingDays;
    if (typeof said === 'number') return { workingDays: said };
    const text = at(event, said) ?? '';
    if ('until' in move) {
      const until = read(endOfPlainDay(text));
      if (until instanceof Date) return { until };
    } else if (/^\d{1,3}$/.test(text)) return { workingDays: Number(text) };
    onUnmapped(said, text);
    return null;
  };

  return ({ events }) => {
    const instances = numbering(identities);
    const acts: Act[] = [];
    for (const event of events) {
      for (const mapped of activities.get(event.activity) ?? []) {
        const deed = meanings.get(mapped.deed);
        const { when, moves } = mapped;
        if (!deed || (when && !when.is.includes(at(event, when.column) ?? ''))) continue;
        const seq = acts.length + 1;
        acts.push({
          seq,
          line: event.line,
          activity: event.activity,
          at: new Date(event.at),
          deed,
          facts: factsOf(event, mapped),
          unit: at(event, mapping.unit),
          person: at(event, mapping.person),
          role: roles.get(at(event, mapping.role?.column) ?? '') ?? null,
          moves: Object.fromEntries(
            Object.entries(moves).map(([clock, move]) => [clock, moveIn(event, move)]),
          ),
          instance: instances(deed.subject, at(event, mapping.object), seq),
          value: (column) => at(event, column),
        });
      }
    }
    return acts;
  };
}

/**
 * Numbers the orders and requests of a case by the log's own identifiers. Without identifiers there
 * is one order of each kind, and an answer belongs to the earliest pending request.
 */
function numbering(identities: ReadonlyMap<string, string>) {
  const known = new Map<string, number>();
  return (subject: string, object: string | null, seq: number): number => {
    const identity = identities.get(subject);
    if (identity !== 'instance' && identity !== 'each') return 1;
    const name = `${subject} ${object ?? (identity === 'each' ? `#${seq}` : '')}`;
    const number = known.get(name) ?? known.size + 2;
    known.set(name, number);
    return number;
  };
}
