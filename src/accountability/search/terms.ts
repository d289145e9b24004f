/** Search terms of an entry, each prefixed by a letter for its kind. */
import { unitsNamedBy } from '../course/index.js';
import {
  actorOf,
  enteredIn,
  processOf,
  provisionsOf,
  subjectOf,
  type Entry,
  type Unread,
} from '../events/index.js';
import { streamKinds, type StreamKind } from '../stream-kinds/index.js';
import { unitName } from '../../kernel/unit-name.js';
import { loginIn } from '../../kernel/actor.js';

/** `definition:handling` → definition. An unknown name is the kind `case` if such a case exists. */
export function kindOf(stream: string, isCase: boolean): StreamKind {
  if (isCase) return 'case';
  const name = stream.split(':')[0];
  return streamKinds.find((kind) => kind === name && kind !== 'case') ?? 'system';
}

export const term = {
  kind: (kind: string): string => `k:${kind}`,
  /** Name in the trail, or the log-in name alone. */
  person: (person: string): string => `p:${person}`,
  /** A provision's id, or its article's. */
  article: (id: string): string => `a:${id}`,
  element: (id: string): string => `e:${id}`,
  process: (key: string): string => `d:${key}`,
  unit: (name: string): string => `u:${unitName(name)}`,
};

/** Three sets, because few distinct ones occur, each of them very often. */
export interface Terms {
  /** Kind of stream, articles, elements, process. */
  readonly what: readonly string[];
  readonly who: readonly string[];
  readonly units: readonly string[];
}

/** An altered entry can be found only by its stream. */
export function termsOf(entry: Entry | Unread, isCase: boolean): Terms {
  const found = new Set([term.kind(kindOf(entry.stream, isCase))]);
  if (entry.type === 'unread') return { what: [...found], who: [], units: [] };
  for (const id of provisionsOf(entry)) {
    const parts = id.split('.');
    parts.forEach((_, at) => found.add(term.article(parts.slice(0, at + 1).join('.'))));
  }
  for (const id of [subjectOf(entry) ?? [], enteredIn(entry)].flat()) found.add(term.element(id));
  const ran = processOf(entry);
  if (ran) found.add(term.process(ran.process));
  return {
    what: [...found],
    who: personsIn(actorOf(entry)).map(term.person),
    units: [...new Set(unitsNamedBy(entry).map(term.unit))],
  };
}

function personsIn(actor: string | undefined): readonly string[] {
  if (actor === undefined) return [];
  const login = loginIn(actor);
  return login === undefined ? [actor] : [actor, login];
}
