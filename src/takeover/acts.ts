/** What happened in a logged case, as deeds of the regulation: one act a deed. */
import type { Json, JsonObject } from '../kernel/index.js';
import type { Catalogue, DeedMeaning, DutyEntry } from '../law/regulation/index.js';
import type { LogEvent, LoggedCase } from './log/event.js';
import { columnsOf, type MappedDeed, type Mapping } from './mapping.js';

export interface Act {
  /** From 1, in order. */
  readonly seq: number;
  readonly line: number;
  readonly activity: string;
  readonly at: Date;
  readonly deed: DeedMeaning;
  readonly facts: JsonObject;
  readonly unit: string | null;
  readonly person: string | null;
  /** A role of the regulation; null where the log does not say. */
  readonly role: string | null;
  /** Which order, request, of several. */
  readonly instance: number;
  /** Clock → to where it moves the limit. */
  readonly moves: MappedDeed['moves'];
  /** What the line says in a column of the mapping. */
  value(column: string): string | null;
}

export type ActReader = (logged: LoggedCase) => readonly Act[];

/** @param onUnmapped of a value that the mapping's value map does not have: the fact is left out */
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

  return ({ events }) => {
    const instances = numbering(identities);
    const acts: Act[] = [];
    for (const event of events) {
      for (const mapped of activities.get(event.activity) ?? []) {
        const deed = meanings.get(mapped.deed);
        const { when } = mapped;
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
          moves: mapped.moves,
          instance: instances(deed.subject, at(event, mapping.object), seq),
          value: (column) => at(event, column),
        });
      }
    }
    return acts;
  };
}

/**
 * Numbers of the orders and requests: by what the log says tells them apart; without that there is one order of a kind,
 * and an answer belongs to the earliest request that waits for one.
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

/**
 * An entry for the interpreter. Process, version and runtime say nothing to it.
 *
 * @param armed clocks of the regulation that begin with it, and when they run out
 */
export const entryOf = (
  { at, deed, facts, instance }: Act,
  seq: number,
  armed: readonly { readonly clock: string; readonly due: Date | null }[] = [],
): DutyEntry => ({
  seq,
  at,
  type: 'task.completed',
  body: {
    process: 'log',
    version: 1,
    instance,
    recordedAt: at.toISOString(),
    of: deed.name,
    deeds: [{ name: deed.name, facts }],
    armed: armed.map(({ clock, due }) => ({
      element: clock,
      clock,
      due: due?.toISOString() ?? null,
      derivation: null,
    })),
  },
});
