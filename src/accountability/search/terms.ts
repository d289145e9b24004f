/** By what an entry is found: its words, each with the letter of what it is. */
import { isJsonObject, type Json, type JsonObject } from '../../kernel/index.js';
import { streamKinds, type StreamKind } from '../stream-kinds/index.js';

/** `definition:handling` → definition. A name that is nothing of ours is a case's, where there is such a case. */
export function kindOf(stream: string, isCase: boolean): StreamKind {
  if (isCase) return 'case';
  const name = stream.split(':')[0];
  return streamKinds.find((kind) => kind === name && kind !== 'case') ?? 'system';
}

export interface Findable {
  readonly stream: string;
  readonly isCase: boolean;
  readonly body: JsonObject;
}

export const term = {
  kind: (kind: string): string => `k:${kind}`,
  type: (type: string): string => `t:${type}`,
  /** As the trail names them, or their log-in name alone. */
  person: (person: string): string => `p:${person}`,
  /** A provision's id, or that of the article above it. */
  article: (id: string): string => `a:${id}`,
  element: (id: string): string => `e:${id}`,
  process: (key: string): string => `d:${key}`,
  unit: (name: string): string => `u:${name.replaceAll(/\s/g, '')}`,
};

/** Three sets: few occur, and each of them very often. */
export interface Terms {
  /** Kind of stream, type, articles, elements, process. */
  readonly what: readonly string[];
  readonly who: readonly string[];
  readonly units: readonly string[];
}

export function termsOf({ stream, isCase, body }: Findable): Terms {
  const found = new Set([term.kind(kindOf(stream, isCase))]);
  if (typeof body.type === 'string') found.add(term.type(body.type));
  for (const id of texts(body.provisions)) {
    const parts = id.split('.');
    parts.forEach((_, at) => found.add(term.article(parts.slice(0, at + 1).join('.'))));
  }
  for (const id of [...texts([body.of ?? null]), ...texts(body.entered)]) found.add(term.element(id));
  if (typeof body.process === 'string') found.add(term.process(body.process));
  return {
    what: [...found],
    who: personsIn(body).map(term.person),
    units: [...new Set(unitsIn(body).map(term.unit))],
  };
}

function personsIn({ actor }: JsonObject): readonly string[] {
  if (typeof actor !== 'string') return [];
  const login = /\(([^()]+)\)$/.exec(actor)?.[1];
  return login === undefined ? [actor] : [actor, login];
}

/** Whom a form or a step has named as handling it. */
function unitsIn({ data, computed, unit }: JsonObject): readonly string[] {
  const given = isJsonObject(data) ? data : {};
  const written = isJsonObject(computed) ? computed : {};
  const assignments = Array.isArray(written.assignments) ? (written.assignments as readonly Json[]) : [];
  const last = assignments.at(-1);
  return [
    unit,
    given.unit,
    given.supportingUnits,
    written.unit,
    written.supportingUnits,
    isJsonObject(last) ? last.unit : undefined,
  ].flatMap((names) => (typeof names === 'string' ? names.split(/[、，,；;]/).filter(Boolean) : []));
}

const texts = (value: Json | undefined): readonly string[] =>
  Array.isArray(value) ? (value as readonly Json[]).filter((item) => typeof item === 'string') : [];
