/** A trail entry for people: one sentence, with names instead of ids. */
import type { z } from 'zod';
import type { Checkpoint, TrailEntry } from '../../accountability/index.js';
import { toShanghaiIso } from '../../calendar/index.js';
import type { JsonObject } from '../../kernel/index.js';
import type { trailEntry } from '../contract/case.js';
import type { checkpointMark } from '../contract/trail.js';
import { entryTitle, type EntryContext } from '../../casework/index.js';
import { provisionLabel } from '../../regulation/model/index.js';

export function entryView(entry: TrailEntry, context: EntryContext): z.input<typeof trailEntry> {
  const { body } = entry;
  return {
    seq: entry.seq,
    type: entry.type,
    title: entryTitle(entry, context),
    at: toShanghaiIso(entry.at),
    hash: entry.leaf,
    actor: typeof body.actor === 'string' ? body.actor : null,
    levels: strings(body.levels),
    provisions: strings(body.provisions).map((id) => ({ id, label: provisionLabel(id) })),
    names: namesIn(body, context.elements),
    body,
    altered: entry.altered,
    sealed: entry.sealed,
  };
}

export const checkpointView = (checkpoint: Checkpoint | undefined): z.input<typeof checkpointMark> =>
  checkpoint
    ? { size: checkpoint.size, signedAt: toShanghaiIso(checkpoint.signedAt), key: checkpoint.vkey }
    : null;

const idLists = ['entered', 'cancelled', 'waiting', 'withdrawn'] as const;

function namesIn(body: JsonObject, elements: EntryContext['elements']): { [id: string]: string } {
  const armed = Array.isArray(body.armed)
    ? (body.armed as readonly JsonObject[]).map((one) => one.element)
    : [];
  const ids = [...idLists.flatMap((list) => strings(body[list])), ...strings(armed), ...strings([body.of])];
  return Object.fromEntries(
    [...new Set(ids)].flatMap((id) => {
      const name = elements.get(id)?.name;
      return name === undefined ? [] : [[id, name]];
    }),
  );
}

function strings(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}
