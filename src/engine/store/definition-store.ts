/**
 * Deployed definitions, compiled once and cached: versions never change. The list of versions is reloaded at most once
 * a second, so that steps need no query. A version comes into force at an instant: all programs switch at the same one.
 */
import { Refusal, type Clock } from '../../kernel/index.js';
import { lawOf, type Law, type Laws } from '../../kernel/law.js';
import type { Database, Transaction } from '../../platform/database/index.js';
import type { CaseFile } from '../execution/case-file.js';
import type { Definitions, DeployedDefinition, DeployedTable } from '../execution/definitions.js';
import { annotate, definitionOf, isDecisionXml, parseDecision, parseDiagram } from '../model/index.js';
import type { Definition } from '../runtime/interface.js';

export interface DefinitionStore extends Definitions {
  /** Loads everything that steps of these cases may need, and these versions by id. */
  prepare(transaction: Transaction, files: readonly CaseFile[], versions?: readonly number[]): Promise<void>;
  /** A version by name, in force or not. @throws {Refusal} `definition.not-found` */
  named(transaction: Transaction, key: string, version: number): Promise<DeployedDefinition>;
  /** Current title of a process; its key if it has none. */
  readonly nameOf: (key: string) => string;
  /** All versions with a start timer or `prepare`, each with the period in which it is in force. */
  timed(): readonly TimedDefinition[];
  /** Ids of versions whose instances may wait for another case's signal. */
  hearing(signal: string): readonly number[];
  /** Definitions in force at an instant that the signal starts, each with the id of its start event. */
  startedBySignal(
    signal: string,
    at: Date,
  ): readonly { readonly deployed: DeployedDefinition; readonly event: string }[];
  /** Forces the next `prepare` to reload the list of versions. */
  refresh(): void;
}

export interface TimedDefinition {
  readonly deployed: DeployedDefinition;
  readonly from: Date;
  /** Null if no later version exists. */
  readonly to: Date | null;
}

interface DefinitionRow {
  id: number;
  key: string;
  version: number;
  name: string;
  sha256: string;
  xml: string;
  deployed_at: Date;
  /** Whether the trail recorded the version with this diagram. */
  deployed: boolean;
  recorded: boolean;
}

const refreshEvery = 1000;

export function createDefinitionStore(deps: {
  readonly database: Database;
  readonly clock: Clock;
  readonly laws: Laws;
}): DefinitionStore {
  /** A diagram that differs from the deployed one does not run. */
  const byId = new Map<number, DeployedDefinition | Refusal>();
  const tables = new Map<number, DeployedTable | Refusal>();
  /** Rows of versions that nobody deployed; they are never in force. */
  const slippedIn = new Set<number>();
  const pinnedCache = new Map<string, Definition>();
  let standing: ReadonlyMap<string, readonly Standing[]> = new Map();
  let readAt = Number.NEGATIVE_INFINITY;

  const load = async (transaction: Transaction, ids: readonly number[]): Promise<void> => {
    const missing = ids.filter((id) => !byId.has(id) && !tables.has(id));
    if (missing.length === 0) return;
    const rows = await transaction.query<DefinitionRow>(
      `SELECT d.id, d.key, d.version, d.name, d.sha256, d.xml, d.deployed_at,
              count(e.sha256) > 0 AS deployed,
              coalesce(bool_or(e.sha256 = encode(sha256(convert_to(d.xml, 'UTF8')), 'hex')), false) AS recorded
         FROM definition d LEFT JOIN LATERAL recorded_deployment(d.key, d.version) AS e (sha256) ON true
        WHERE d.id = ANY($1::int[]) GROUP BY d.id`,
      [missing],
    );
    const law = deps.laws.today();
    for (const row of rows) {
      if (isDecisionXml(row.xml)) tables.set(row.id, row.recorded ? await read(row) : altered(row, law));
      else byId.set(row.id, row.recorded ? await compiled(row) : altered(row, law));
      if (!row.deployed) slippedIn.add(row.id);
    }
  };

  const readVersions = async (transaction: Transaction): Promise<void> => {
    const now = deps.clock.now().getTime();
    if (now - readAt < refreshEvery) return;
    const rows = await transaction.query<{ id: number; key: string; from: Date; governed: boolean }>(
      `SELECT id, key, in_force_from AS "from", draft IS NOT NULL AS governed FROM effective_definition
        ORDER BY in_force_from, version`,
    );
    await load(
      transaction,
      rows.map((row) => row.id),
    );
    const read = new Map<string, Standing[]>();
    for (const { id, key, from, governed } of rows)
      if (!slippedIn.has(id))
        read.set(key, [...(read.get(key) ?? []), { from: from.getTime(), governed, id }]);
    standing = read;
    readAt = now;
  };

  const inForce = (key: string, at: Date): DeployedDefinition | undefined => {
    const id = standingAt(standing.get(key), at)?.id;
    return id === undefined || tables.has(id) ? undefined : get(id);
  };

  /** Definitions in force whose diagrams are as deployed, and why others are not available. */
  const sound = (at: Date): { readonly all: readonly DeployedDefinition[]; readonly altered?: Refusal } => {
    const loaded = [...standing.values()].map((versions) => byId.get(standingAt(versions, at)?.id ?? 0));
    const spoilt = loaded.find((one) => one instanceof Refusal);
    const all = loaded.flatMap((one) => (one && !(one instanceof Refusal) ? [one] : []));
    return spoilt instanceof Refusal ? { all, altered: spoilt } : { all };
  };

  const startedBy = (message: string, at: Date) => {
    const { all, altered: refusal } = sound(at);
    for (const deployed of all) {
      const event = deployed.annotations.messageStarts.get(message);
      if (event !== undefined) return { deployed, event };
    }
    // The unavailable version may be the one that the message starts.
    if (refusal) throw refusal;
    return undefined;
  };

  const pinsOf = (deployed: DeployedDefinition, at: Date): { [key: string]: number } => {
    const pins: { [key: string]: number } = {};
    const visit = (definition: DeployedDefinition): void => {
      for (const key of definition.annotations.calledKeys) {
        const called = inForce(key, at);
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
    if (deployed instanceof Refusal) throw deployed;
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
    prepare: async (transaction, files, versions = []) => {
      await readVersions(transaction);
      const instances = files.flatMap((file) => [...file.instances.values()]);
      const ids = instances.flatMap((instance) => [instance.definitionId, ...Object.values(instance.called)]);
      await load(transaction, [...new Set([...ids, ...versions])]);
    },
    named: async (transaction, key, version) => {
      const known = [...byId.values()].find(
        (each) => !(each instanceof Refusal) && each.key === key && each.version === version,
      );
      if (known && !(known instanceof Refusal)) return known;
      const [row] = await transaction.query<{ id: number }>(
        'SELECT id FROM definition WHERE key = $1 AND version = $2',
        [key, version],
      );
      if (row) await load(transaction, [row.id]);
      return get(row?.id ?? 0);
    },
    hearing: (signal) =>
      [...byId].flatMap(([id, deployed]) =>
        !(deployed instanceof Refusal) &&
        // A called process may wait for the signal.
        (deployed.annotations.signals.caught.has(signal) || deployed.annotations.calledKeys.length > 0)
          ? [id]
          : [],
      ),
    startedBySignal: (signal, at) =>
      sound(at).all.flatMap((deployed) => {
        const event = deployed.annotations.signals.starts.get(signal);
        return event === undefined ? [] : [{ deployed, event }];
      }),
    timed: () =>
      [...standing.values()].flatMap((versions) =>
        versions.flatMap(({ id, from }, index) => {
          const deployed = byId.get(id);
          if (!deployed || deployed instanceof Refusal || deployed.annotations.timerStarts.length === 0)
            return [];
          const to = versions[index + 1]?.from;
          return [{ deployed, from: new Date(from), to: to === undefined ? null : new Date(to) }];
        }),
      ),
    refresh: () => {
      readAt = Number.NEGATIVE_INFINITY;
    },
    byId: get,
    nameOf: (key) => sound(deps.clock.now()).all.find((one) => one.key === key)?.name ?? key,
    withElement: (element, at) => sound(at).all.find(({ annotations }) => annotations.element(element)),
    inForce,
    table: (key, at) => {
      const versions = standing.get(key);
      const id = (standingAt(versions, at) ?? versions?.[0])?.id;
      const found = id === undefined ? undefined : tables.get(id);
      if (found instanceof Refusal) throw found;
      return found;
    },
    startedBy,
    pinned,
    pinsOf,
  };
}

/** A version and the instant from which it is in force, until the next version's. */
interface Standing {
  readonly from: number;
  /** True if people approved it; others were shipped. */
  readonly governed: boolean;
  readonly id: number;
}

/** Cases from before the first version run on the last shipped one. */
const standingAt = (versions: readonly Standing[] = [], at: Date): Standing | undefined =>
  versions.findLast(({ from }) => from <= at.getTime()) ?? versions.findLast(({ governed }) => !governed);

const altered = ({ key, version, name }: DefinitionRow, law: Law): Refusal =>
  new Refusal('definition.altered', `“${name}”第 ${version} 版不是部署时轨迹所记的原文`, {
    where: `definition:${key}`,
    provision: lawOf('trail', law),
    remedy: '这一版不运行；保全数据库，由审计人员核验轨迹，照备份恢复表 definition 的这一行，再重新启动程序',
  });

async function read({ id, key, version, xml }: DefinitionRow): Promise<DeployedTable> {
  return { id, key, version, table: await parseDecision(xml) };
}

async function compiled(row: DefinitionRow): Promise<DeployedDefinition> {
  const diagram = await parseDiagram(row.xml);
  return {
    id: row.id,
    key: row.key,
    version: row.version,
    name: row.name,
    sha256: row.sha256,
    deployedAt: row.deployed_at,
    definition: definitionOf(diagram, { processId: row.key }),
    annotations: annotate(diagram, row.key),
  };
}

/** The diagram as deployed. @throws {Refusal} `definition.not-found` */
export async function diagramSource(transaction: Transaction, key: string, version: number): Promise<string> {
  const [row] = await transaction.query<{ xml: string }>(
    'SELECT xml FROM definition WHERE key = $1 AND version = $2',
    [key, version],
  );
  if (!row) throw new Refusal('definition.not-found', `没有流程 ${key} 的第 ${version} 版`);
  return row.xml;
}

/** Diagrams and decision tables in force at an instant, each once, ordered by key. */
export async function sourcesInForce(transaction: Transaction, at: Date): Promise<readonly string[]> {
  const rows = await transaction.query<{ xml: string }>(
    `SELECT DISTINCT ON (key) xml FROM effective_definition WHERE in_force_from <= $1
      ORDER BY key, in_force_from DESC, version DESC`,
    [at],
  );
  return [...new Set(rows.map(({ xml }) => xml))];
}
