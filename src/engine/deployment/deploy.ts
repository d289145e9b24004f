/** Puts a diagram in force as new versions of its executable processes. The same bytes twice change nothing. */
import { createHash } from 'node:crypto';
import type { Clock } from '../../kernel/index.js';
import type { Database, Transaction } from '../../persistence/index.js';
import { assertDeployable, definitionOf, parseDiagram, processIds } from '../model/index.js';
import type { Handlers, Journal } from '../ports.js';
import type { RuntimeName } from '../runtime/door.js';
import type { DefinitionStore } from '../store/definition-store.js';

export interface Deployment {
  readonly key: string;
  readonly version: number;
  /** False where this version stood already. */
  readonly changed: boolean;
}

export interface DeployDeps {
  readonly database: Database;
  readonly definitions: DefinitionStore;
  readonly handlers: Handlers;
  readonly journal: Journal<Transaction>;
  readonly clock: Clock;
}

/**
 * @param source the exact BPMN XML
 * @throws {Refusal} `definition.not-bpmn`, `definition.unsupported`; nothing is deployed then
 */
export async function deploy(
  deps: DeployDeps,
  source: string,
  options: { readonly runtime?: RuntimeName; readonly actor?: string } = {},
): Promise<readonly Deployment[]> {
  const diagram = await parseDiagram(source);
  const definitions = processIds(diagram).map((processId) => definitionOf(diagram, { processId }));
  for (const definition of definitions) assertDeployable(definition, deps.handlers);
  const sha256 = createHash('sha256').update(source, 'utf8').digest('hex');
  const runtime = options.runtime ?? 'token';
  const deployments = await deps.database.transaction(async (transaction) => {
    await transaction.query("SELECT pg_advisory_xact_lock(hashtext('hotline.deploy'))");
    const done: Deployment[] = [];
    for (const definition of definitions) {
      done.push(
        await deployOne(deps, transaction, {
          key: definition.key,
          name: nameOf(diagram, definition.key),
          sha256,
          runtime,
          source,
          ...(options.actor ? { actor: options.actor } : {}),
        }),
      );
    }
    return done;
  });
  deps.definitions.refresh();
  return deployments;
}

async function deployOne(
  deps: DeployDeps,
  transaction: Transaction,
  one: { key: string; name: string; sha256: string; runtime: RuntimeName; source: string; actor?: string },
): Promise<Deployment> {
  const [latest] = await transaction.query<{ version: number; sha256: string; runtime: string }>(
    'SELECT version, sha256, runtime FROM hotline.definition WHERE key = $1 ORDER BY version DESC LIMIT 1',
    [one.key],
  );
  if (latest && latest.sha256 === one.sha256 && latest.runtime === one.runtime) {
    return { key: one.key, version: latest.version, changed: false };
  }
  const version = (latest?.version ?? 0) + 1;
  const at = deps.clock.now();
  await transaction.query(
    `INSERT INTO hotline.definition (key, version, name, runtime, sha256, xml, deployed_at, in_force_from)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $7)`,
    [one.key, version, one.name, one.runtime, one.sha256, one.source, at],
  );
  await deps.journal.append(transaction, [
    {
      stream: `definition:${one.key}`,
      type: 'definition.deployed',
      at,
      body: {
        key: one.key,
        version,
        sha256: one.sha256,
        runtime: one.runtime,
        ...(one.actor === undefined ? {} : { actor: one.actor }),
      },
    },
  ]);
  return { key: one.key, version, changed: true };
}

function nameOf(diagram: { readonly root: unknown }, key: string): string {
  const { rootElements } = diagram.root as { rootElements?: readonly { id?: string; name?: string }[] };
  return rootElements?.find((element) => element.id === key)?.name ?? key;
}
