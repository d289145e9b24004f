/** Puts diagrams and decision tables in force as new versions. */
import { createHash } from 'node:crypto';
import { Refusal, type Clock } from '../../kernel/index.js';
import type { Database, Transaction } from '../../platform/database/index.js';
import {
  assertDecidable,
  assertDeployable,
  definitionOf,
  isDecisionXml,
  parseDecision,
  parseDiagram,
  processIds,
} from '../model/index.js';
import type { Handlers, Journal } from '../ports.js';
import type { DefinitionStore } from '../store/definition-store.js';

export interface Deployment {
  readonly key: string;
  readonly version: number;
  /** False if this version already existed. */
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
 * Puts a version in force. The same bytes again change nothing.
 *
 * @param source the exact BPMN or DMN XML
 * @param options.from a future instant; default: at once
 * @throws {Refusal} `definition.not-bpmn`, `definition.not-dmn`, `definition.unsupported`; nothing
 * is deployed then
 */
export async function deploy(
  deps: DeployDeps,
  source: string,
  options: { readonly actor?: string; readonly from?: Date } = {},
): Promise<readonly Deployment[]> {
  const definitions = await contentsOf(source, deps.handlers);
  const { actor, from } = options;
  const deployments = await deps.database.transaction(async (transaction) => {
    await lockDeployments(transaction);
    const done: Deployment[] = [];
    for (const { key, name } of definitions) {
      const latest = await latestOf(transaction, key, from ?? deps.clock.now());
      if (latest?.sha256 === sha256Of(source)) {
        done.push({ key, version: latest.version, changed: false });
        continue;
      }
      const one = { key, name, source, inForceFrom: from ?? null, draft: null, actor };
      done.push({ key, version: await addVersion(deps, transaction, one), changed: true });
    }
    return done;
  });
  deps.definitions.refresh();
  return deployments;
}

/**
 * Deploys an approved version, in force from a future instant.
 *
 * @param approved.draft the draft with these bytes
 * @returns the version's number
 * @throws {Refusal} `definition.unsupported`
 */
export async function deployApproved(
  deps: Pick<DeployDeps, 'journal' | 'clock' | 'handlers'>,
  transaction: Transaction,
  approved: {
    readonly key: string;
    readonly source: string;
    readonly inForceFrom: Date;
    readonly draft: number;
    readonly actor: string;
  },
): Promise<number> {
  const { key, source } = approved;
  const [only] = (await contentsOf(source, deps.handlers)).filter((one) => one.key === key);
  if (!only) throw new Refusal('definition.not-found', `原文里没有 ${key}`);
  await lockDeployments(transaction);
  return addVersion(deps, transaction, { ...approved, name: only.name });
}

/**
 * The processes of a diagram, or the one decision of a table.
 *
 * @throws {Refusal} `definition.not-bpmn`, `definition.not-dmn`, `definition.unsupported`
 */
async function contentsOf(
  source: string,
  handlers: Handlers,
): Promise<readonly { readonly key: string; readonly name: string }[]> {
  if (isDecisionXml(source)) {
    const table = await parseDecision(source);
    assertDecidable(table);
    return [table];
  }
  const diagram = await parseDiagram(source);
  return processIds(diagram).map((key) => {
    assertDeployable(definitionOf(diagram, { processId: key }), handlers);
    return { key, name: nameOf(diagram, key) };
  });
}

/** Blocks other deployments until the transaction ends. */
export async function lockDeployments(transaction: Transaction): Promise<void> {
  await transaction.query("SELECT pg_advisory_xact_lock(hashtext(current_schema() || '.deploy'))");
}

const sha256Of = (source: string): string => createHash('sha256').update(source, 'utf8').digest('hex');

async function latestOf(transaction: Transaction, key: string, at: Date) {
  const [latest] = await transaction.query<{ version: number; sha256: string }>(
    `SELECT version, sha256 FROM effective_definition WHERE key = $1 AND in_force_from <= $2
      ORDER BY in_force_from DESC, version DESC LIMIT 1`,
    [key, at],
  );
  return latest;
}

interface NewVersion {
  readonly key: string;
  readonly name: string;
  readonly source: string;
  /** Null means at once. */
  readonly inForceFrom: Date | null;
  readonly draft: number | null;
  readonly actor: string | undefined;
}

async function addVersion(
  { journal, clock }: Pick<DeployDeps, 'journal' | 'clock'>,
  transaction: Transaction,
  { key, name, source, inForceFrom, draft, actor }: NewVersion,
): Promise<number> {
  const at = clock.now();
  const sha256 = sha256Of(source);
  const [added] = await transaction.query<{ version: number }>(
    `INSERT INTO definition (key, version, name, sha256, xml, deployed_at, in_force_from, draft)
     SELECT $1, coalesce(max(version), 0) + 1, $2, $3, $4, $5, $6, $7 FROM definition WHERE key = $1
     RETURNING version`,
    [key, name, sha256, source, at, inForceFrom ?? at, draft],
  );
  if (!added) throw new Refusal('internal.error', `流程 ${key} 的新版没有存下`);
  const { version } = added;
  await journal.append(transaction, [
    {
      stream: `definition:${key}`,
      type: 'definition.deployed',
      at,
      body: {
        key,
        version,
        sha256,
        ...(draft === null ? {} : { draft }),
        ...(inForceFrom === null ? {} : { inForceFrom: inForceFrom.toISOString() }),
        ...(actor === undefined ? {} : { actor }),
      },
    },
  ]);
  return version;
}

function nameOf(diagram: { readonly root: unknown }, key: string): string {
  const { rootElements } = diagram.root as { rootElements?: readonly { id?: string; name?: string }[] };
  return rootElements?.find((element) => element.id === key)?.name ?? key;
}
