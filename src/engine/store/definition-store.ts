/**
 * Deployed definitions, compiled once and kept in memory: a version never changes. What is in force is read again
 * at most every second, so that a deployment elsewhere is seen without a question to the database in every step.
 */
import { Refusal, type Clock } from '../../kernel/index.js';
import type { Database, Transaction } from '../../persistence/index.js';
import type { CaseFile } from '../execution/case-file.js';
import type { Definitions, DeployedDefinition } from '../execution/definitions.js';
import { annotate, definitionOf, parseDiagram } from '../model/index.js';
import type { Definition, RuntimeName } from '../runtime/door.js';

export interface DefinitionStore extends Definitions {
  /** Brings everything into memory that steps of these cases may need. */
  prepare(transaction: Transaction, files: readonly CaseFile[]): Promise<void>;
  /** A version by its name, whether in force or not. @throws {Refusal} `definition.not-found` */
  named(transaction: Transaction, key: string, version: number): Promise<DeployedDefinition>;
  /** Forgets what is in force, so that the next `prepare` reads it anew. */
  refresh(): void;
}

interface DefinitionRow {
  id: number;
  key: string;
  version: number;
  name: string;
  runtime: RuntimeName;
  sha256: string;
  xml: string;
  deployed_at: Date;
}

const refreshEvery = 1000;

export function createDefinitionStore(deps: {
  readonly database: Database;
  readonly clock: Clock;
}): DefinitionStore {
  const byId = new Map<number, DeployedDefinition>();
  const pinnedCache = new Map<string, Definition>();
  let current = new Map<string, DeployedDefinition>();
  let messageStarts = new Map<string, { deployed: DeployedDefinition; event: string }>();
  let readAt = Number.NEGATIVE_INFINITY;

  const load = async (transaction: Transaction, ids: readonly number[]): Promise<void> => {
    const missing = ids.filter((id) => !byId.has(id));
    if (missing.length === 0) return;
    const rows = await transaction.query<DefinitionRow>(
      'SELECT id, key, version, name, runtime, sha256, xml, deployed_at FROM hotline.definition WHERE id = ANY($1::int[])',
      [missing],
    );
    for (const row of rows) byId.set(row.id, await compiled(row));
  };

  const readCurrent = async (transaction: Transaction): Promise<void> => {
    const now = deps.clock.now().getTime();
    if (now - readAt < refreshEvery) return;
    const rows = await transaction.query<{ id: number }>(
      'SELECT DISTINCT ON (key) id FROM hotline.definition ORDER BY key, version DESC',
    );
    await load(
      transaction,
      rows.map((row) => row.id),
    );
    const deployed = rows.flatMap((row) => byId.get(row.id) ?? []);
    current = new Map(deployed.map((definition) => [definition.key, definition]));
    messageStarts = new Map(
      deployed.flatMap((definition) =>
        [...definition.annotations.messageStarts].map(([message, event]) => [
          message,
          { deployed: definition, event },
        ]),
      ),
    );
    readAt = now;
  };

  const pinsOf = (deployed: DeployedDefinition): { [key: string]: number } => {
    const pins: { [key: string]: number } = {};
    const visit = (definition: DeployedDefinition): void => {
      for (const key of definition.annotations.calledKeys) {
        const called = current.get(key);
        if (!called || key in pins) continue;
        pins[key] = called.id;
        visit(called);
      }
    };
    visit(deployed);
    return pins;
  };

  const get = (id: number): DeployedDefinition => {
    const deployed = byId.get(id);
    if (deployed) return deployed;
    throw new Refusal('definition.not-found', `没有编号为 ${id} 的流程定义版本`, {
      remedy: '检查数据库是否完整',
    });
  };

  const pinned = (deployed: DeployedDefinition, called: { readonly [key: string]: number }): Definition => {
    if (deployed.annotations.calledKeys.length === 0) return deployed.definition;
    const cacheKey = `${deployed.id} ${JSON.stringify(called)}`;
    const known = pinnedCache.get(cacheKey);
    if (known) return known;
    const definition = definitionOf(deployed.definition.diagram, {
      processId: deployed.key,
      called: new Map(Object.entries(called).map(([key, id]) => [key, get(id).definition])),
    });
    pinnedCache.set(cacheKey, definition);
    return definition;
  };

  return {
    prepare: async (transaction, files) => {
      await readCurrent(transaction);
      const instances = files.flatMap((file) => [...file.instances.values()]);
      const ids = instances.flatMap((instance) => [instance.definitionId, ...Object.values(instance.called)]);
      await load(transaction, [...new Set(ids)]);
    },
    named: async (transaction, key, version) => {
      const known = [...byId.values()].find((each) => each.key === key && each.version === version);
      if (known) return known;
      const [row] = await transaction.query<{ id: number }>(
        'SELECT id FROM hotline.definition WHERE key = $1 AND version = $2',
        [key, version],
      );
      if (row) await load(transaction, [row.id]);
      return get(row?.id ?? 0);
    },
    refresh: () => {
      readAt = Number.NEGATIVE_INFINITY;
    },
    byId: get,
    inForce: (key) => current.get(key),
    startedBy: (message) => messageStarts.get(message),
    pinned,
    pinsOf,
  };
}

async function compiled(row: DefinitionRow): Promise<DeployedDefinition> {
  const diagram = await parseDiagram(row.xml);
  return {
    id: row.id,
    key: row.key,
    version: row.version,
    name: row.name,
    sha256: row.sha256,
    runtime: row.runtime,
    deployedAt: row.deployed_at,
    definition: definitionOf(diagram, { processId: row.key }),
    annotations: annotate(diagram, row.key),
  };
}

/** The diagram as it was deployed. @throws {Refusal} `definition.not-found` */
export async function diagramSource(transaction: Transaction, key: string, version: number): Promise<string> {
  const [row] = await transaction.query<{ xml: string }>(
    'SELECT xml FROM hotline.definition WHERE key = $1 AND version = $2',
    [key, version],
  );
  if (!row) throw new Refusal('definition.not-found', `没有流程 ${key} 的第 ${version} 版`);
  return row.xml;
}
