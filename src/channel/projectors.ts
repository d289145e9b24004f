/** Projects sources of requests and sheets of upstream hotlines. */
import { adds, changes, from, hostOf, projector, same } from '../accountability/index.js';
import { bySheet } from '../sheet/index.js';

type Mapping = Readonly<Record<string, string>>;

const mappingText = (mapping: Mapping): string =>
  Object.entries(mapping)
    .map(([column, from]) => `${column}=${from}`)
    .sort()
    .join(' ');

export const sourceProjector = projector({
  table: 'channel_source',
  stands: { stream: 'channels' },
  key: ['id'],
  columns: {
    id: same('来源'),
    name: same('名称'),
    channel: same('渠道'),
    proof: same('凭'),
    mapping: from<{ mapping: Mapping }>('取自', ['mapping'], ({ mapping }) => mappingText(mapping)),
    host: hostOf('发往', 'out_address'),
    created_by: same('谁设的'),
    used: from<{ closed_at: Date | null }>('在用', ['closed_at'], ({ closed_at: at }) => at === null),
    closed_by: same('谁停用的'),
  },
  project: {
    'source.added': ({ body: { source: id, name, channel, proof, mapping, actor } }) =>
      adds({
        ...{ id, name, channel, proof, mapping: mappingText(mapping), host: null },
        ...{ created_by: actor, used: true, closed_by: null },
      }),
    'source.changed': ({ body: { source: id, name, channel, proof, mapping } }) =>
      changes({ id, name, channel, proof, mapping: mappingText(mapping) }),
    'source.secret-replaced': ({ body: { source: id, proof } }) => changes({ id, proof }),
    'source.outgoing-set': ({ body: { source: id, host } }) => changes({ id, host }),
    'source.closed': ({ body: { source: id, actor } }) => changes({ id, used: false, closed_by: actor }),
  },
});

/** The limit to the second, as the entry stores it. */
const toSecond = (at: Date | null): Date | null => at && new Date(Math.floor(at.getTime() / 1000) * 1000);

export const upstreamProjector = projector({
  table: 'upstream_sheet',
  stands: bySheet,
  key: [],
  columns: {
    number: same('编号'),
    due: from<{ due_at: Date | null }>('期限', ['due_at'], ({ due_at: at }) => toSecond(at)),
    handed_at: same('回告'),
    handed_by: same('谁回告的'),
  },
  project: {
    'upstream.linked': ({ body: { number, due } }) =>
      adds({ number, due: toSecond(due === null ? null : new Date(due)), handed_at: null, handed_by: null }),
    'upstream.handed-back': ({ at, body: { actor = null } }) => changes({ handed_at: at, handed_by: actor }),
  },
});
