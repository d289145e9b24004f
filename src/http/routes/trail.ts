import {
  findEntries,
  indexTrail,
  kindOf,
  sequence,
  told,
  trailStanding,
  type FoundEntry,
} from '../../accountability/index.js';
import { toShanghaiIso } from '../../calendar/index.js';
import { elementsIn, type DefinitionReader } from '../../casework/index.js';
import { isJsonObject, type JsonObject } from '../../kernel/index.js';
import type { HttpDeps } from '../deps.js';
import type { Handlers } from '../dispatch.js';
import { forViewer } from '../sight.js';
import { selectionFor } from '../trail-selection.js';
import { checkpointView, entryView } from '../views/trail-view.js';

export function trailHandlers(
  deps: HttpDeps,
  reader: DefinitionReader,
): Pick<Handlers, 'searchTrail' | 'readTrailState'> {
  const processName = deps.definitions.nameOf;
  return {
    searchTrail: async ({ viewer, query: { before, limit, ...asked } }) => {
      const selection = selectionFor(viewer, asked);
      await sequence(deps.database);
      await indexTrail(deps.database);
      return forViewer(deps, viewer).database.transaction(async (transaction) => {
        const found = await findEntries(transaction, selection, 'newest', {
          limit: limit + 1,
          below: before ?? Number.MAX_SAFE_INTEGER,
        });
        const shown = found.slice(0, limit);
        const said = shown.map(told);
        const bodies = said.map(({ body }) => body);
        const elementsOf = await elementsIn(transaction, reader, bodies);
        const earlier = await valuesBefore(transaction, shown, bodies);
        const items = shown.map((entry, at) => {
          const { body, altered } = said[at] ?? told(entry);
          const { sealed: _sealed, ...view } = entryView(
            {
              seq: entry.seq,
              type: typeof body.type === 'string' ? body.type : entry.type,
              at: typeof body.at === 'string' ? new Date(body.at) : entry.at,
              leaf: entry.leaf.toString('hex'),
              body,
              altered,
              sealed: {},
            },
            { elements: elementsOf(body), processName },
          );
          return {
            ...view,
            index: entry.index,
            stream: entry.stream,
            kind: kindOf(entry.stream, entry.isCase),
            prev: typeof body.prev === 'string' ? body.prev : '',
            before: earlier[at] ?? {},
            after: writtenBy(body),
          };
        });
        const last = shown.at(-1);
        return { status: 200, body: { items, next: found.length > limit && last ? last.index : null } };
      });
    },
    readTrailState: async () => {
      const { placed, waiting, checkpoint, witnessed, verified } =
        await deps.database.transaction(trailStanding);
      return {
        status: 200,
        body: {
          placed,
          waiting,
          checkpoint: checkpointView(checkpoint),
          witnessed: witnessed
            ? { ...witnessed, at: toShanghaiIso(witnessed.at), names: [...witnessed.names] }
            : null,
          verified: verified ? { ...verified, at: toShanghaiIso(verified.at) } : null,
        },
      };
    },
  };
}

const writtenBy = ({ data, computed }: JsonObject): JsonObject => ({
  ...(isJsonObject(data) ? data : {}),
  ...(isJsonObject(computed) ? computed : {}),
});

type Transaction = Parameters<typeof findEntries>[0];

/** Previous values of each entry's variables, from earlier entries of the stream. */
async function valuesBefore(
  transaction: Transaction,
  shown: readonly FoundEntry[],
  bodies: readonly JsonObject[],
): Promise<JsonObject[]> {
  const streams = [...new Set(shown.filter(({ isCase }) => isCase).map(({ stream }) => stream))];
  const known = new Map<string, JsonObject>();
  const before = new Map<string, JsonObject>();
  const wanted = new Map(shown.map((entry, at) => [`${entry.stream} ${entry.seq}`, bodies[at] ?? {}]));
  if (streams.length > 0) {
    const entries = await findEntries(transaction, { streams }, 'streams', {
      limit: 20_000,
      below: Number.MAX_SAFE_INTEGER,
    });
    for (const entry of entries) {
      const values = known.get(entry.stream) ?? {};
      const asked = wanted.get(`${entry.stream} ${entry.seq}`);
      if (asked) {
        const names = Object.keys(writtenBy(asked)).filter((name) => name in values);
        before.set(
          `${entry.stream} ${entry.seq}`,
          Object.fromEntries(names.map((name) => [name, values[name] ?? null])),
        );
      }
      known.set(entry.stream, { ...values, ...writtenBy(told(entry).body) });
    }
  }
  return shown.map(({ stream, seq }) => before.get(`${stream} ${seq}`) ?? {});
}
