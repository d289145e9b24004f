/**
 * Projects the engine's tables: diagrams and incidents from their entries; cases, tasks and
 * deadlines by the digest of the state after each step. The engine itself knows the trail only
 * through a port.
 */
import { adds, hashed, projection, projector, removes, same } from '../accountability/index.js';
import {
  caseTables,
  definitionTable,
  differingCases,
  incidentTable,
  strayCases,
  type Placing,
} from '../engine/index.js';

export const definitionProjector = projector({
  ...definitionTable,
  stands: { by: 'stream' },
  key: ['key', 'version'],
  columns: {
    key: same('流程'),
    version: same('版'),
    xml: hashed('流程图'),
    sha256: same('所记的摘要'),
    draft: same('草案'),
    deployed_at: same('部署'),
    in_force_from: same('现行自'),
  },
  called: (key, version) => `${key} 第 ${version} 版`,
  project: {
    'definition.deployed': ({ at, body: { key, version, sha256, draft, inForceFrom } }) =>
      adds({
        ...{ key, version, xml: sha256, sha256, draft: draft ?? null, deployed_at: at },
        in_force_from: inForceFrom === undefined ? at : new Date(inForceFrom),
      }),
  },
});

export const incidentProjector = projector({
  ...incidentTable,
  stands: { by: 'business_key' },
  key: ['key'],
  columns: {
    key: same('异常'),
    kind: same('种类'),
    process: same('流程'),
    due_at: same('时刻'),
  },
  project: {
    'incident.opened': ({ body: { incident: key, kind, process, due } }) =>
      adds({ key, kind, process, due_at: new Date(due) }),
    'incident.closed': ({ body: { incident: key } }) => removes({ key }),
  },
});

interface Left {
  readonly state?: string;
  readonly seq: number;
}

export const casesProjection = (placing: Placing) =>
  projection<Left>({
    tables: caseTables,
    reads: () => true,
    takes: () => true,
    begin: () => ({ seq: 0 }),
    add: (left, { state, seq }) => (state === undefined ? left : { state, seq }),
    compare: async (transaction, ended) => {
      const states = new Map(
        [...ended].flatMap(([no, { state }]) => (state === undefined ? [] : [[no, state] as const])),
      );
      const differences = await differingCases(transaction, states, placing);
      return differences.map((one) => ({
        ...one,
        since: { stream: one.row, seq: ended.get(one.row)?.seq ?? 0 },
      }));
    },
    strays: strayCases,
  });
