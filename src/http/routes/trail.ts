import {
  anchoring,
  findEntries,
  compareRoot,
  indexTrail,
  kindOf,
  rootToPrint,
  sequence,
  signCheckpoint,
  trailStatus,
  type FoundEntry,
} from '../../accountability/index.js';
import { computedOf, dataOf, subjectOf, type ReadableEntry } from '../../accountability/events/index.js';
import { parseCivilDate } from '../../kernel/civil-date.js';
import { elementsIn, type DefinitionReader } from '../../cases/index.js';
import type { JsonObject } from '../../kernel/index.js';
import type { trailOperations } from '../contract/trail.js';
import type { HttpDeps } from '../deps.js';
import type { Handlers } from '../dispatch.js';
import { readAs } from '../sight.js';
import { selectionFor } from '../trail-selection.js';
import { checkpointView, entryView, findingLines } from '../views/trail-view.js';

export function trailHandlers(
  deps: HttpDeps,
  reader: DefinitionReader,
): Pick<Handlers, keyof typeof trailOperations> {
  const processName = deps.definitions.nameOf;
  return {
    searchTrail: async ({ viewer, query: { before, limit, ...asked } }) => {
      const selection = selectionFor(viewer, asked);
      await sequence(deps.database);
      await indexTrail(deps.database);
      return readAs(deps, viewer, async (transaction) => {
        const found = await findEntries(transaction, selection, 'newest', {
          limit: limit + 1,
          below: before ?? Number.MAX_SAFE_INTEGER,
        });
        const shown = found.slice(0, limit);
        const elementsOf = await elementsIn(transaction, reader, shown);
        const earlier = await valuesBefore(transaction, shown);
        const items = shown.map((entry, at) => ({
          ...entry,
          ...entryView(entry, { elements: elementsOf(entry), processName, law: deps.laws.today() }),
          kind: kindOf(entry.stream, entry.isCase),
          subject: subjectOf(entry) ?? null,
          prev: entry.type === 'unread' ? '' : entry.prev,
          before: earlier[at] ?? {},
          after: writtenBy(entry),
        }));
        const last = shown.at(-1);
        return { items, next: found.length > limit && last ? last.index : null };
      });
    },
    readTrailRoot: async () => {
      await sequence(deps.database);
      await signCheckpoint({ ...deps, signer: await deps.signer() });
      return rootToPrint;
    },
    holdTrailRoot: ({ viewer, body }) => {
      parseCivilDate(body.day, 'day');
      return compareRoot(deps, body, viewer.actor);
    },
    readTrailState: async () => {
      const places = await deps.anchors();
      return async (transaction) => {
        const { checkpoint, witnessed = null, verified, ...standing } = await trailStatus(transaction);
        return {
          ...standing,
          checkpoint: checkpointView(checkpoint),
          anchoring: await anchoring(transaction, places, deps.clock.now()),
          witnessed,
          verified: verified
            ? { ...verified, at: verified.endedAt, findings: findingLines(verified).slice(0, 20) }
            : null,
        };
      };
    },
  };
}

const writtenBy = (entry: ReadableEntry): JsonObject => ({ ...dataOf(entry), ...computedOf(entry) });

type Transaction = Parameters<typeof findEntries>[0];

/** Previous values of each entry's variables, from earlier entries of the stream. */
async function valuesBefore(transaction: Transaction, shown: readonly FoundEntry[]): Promise<JsonObject[]> {
  const streams = [...new Set(shown.filter(({ isCase }) => isCase).map(({ stream }) => stream))];
  const known = new Map<string, JsonObject>();
  const before = new Map<string, JsonObject>();
  const wanted = new Set(shown.map(placeOf));
  if (streams.length > 0) {
    const entries = await findEntries(transaction, { streams }, 'streams', {
      limit: 20_000,
      below: Number.MAX_SAFE_INTEGER,
    });
    for (const entry of entries) {
      const [values, written] = [known.get(entry.stream) ?? {}, writtenBy(entry)];
      if (wanted.has(placeOf(entry))) {
        const names = Object.keys(written).filter((name) => name in values);
        before.set(placeOf(entry), Object.fromEntries(names.map((name) => [name, values[name] ?? null])));
      }
      known.set(entry.stream, { ...values, ...written });
    }
  }
  return shown.map((entry) => before.get(placeOf(entry)) ?? {});
}

const placeOf = ({ stream, seq }: FoundEntry): string => `${stream} ${seq}`;
