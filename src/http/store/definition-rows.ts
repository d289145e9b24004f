import { Refusal } from '../../kernel/index.js';
import type { RuntimeName } from '../../engine/index.js';
import type { Transaction } from '../../persistence/index.js';

export interface DefinitionRow {
  readonly key: string;
  readonly version: number;
  readonly name: string;
  readonly runtime: RuntimeName;
  readonly sha256: string;
  readonly deployed_at: Date;
  readonly in_force: boolean;
}

const columns = `key, version, name, runtime, sha256, deployed_at,
  version = (SELECT max(version) FROM hotline.definition o WHERE o.key = d.key) AS in_force`;

export async function definitionsInForce(transaction: Transaction): Promise<DefinitionRow[]> {
  return transaction.query<DefinitionRow>(
    `SELECT DISTINCT ON (key) ${columns} FROM hotline.definition d ORDER BY key, version DESC`,
  );
}

/** Newest first. @throws {Refusal} `definition.not-found` */
export async function versionsOf(
  transaction: Transaction,
  key: string,
): Promise<[DefinitionRow, ...DefinitionRow[]]> {
  const [newest, ...older] = await transaction.query<DefinitionRow>(
    `SELECT ${columns} FROM hotline.definition d WHERE key = $1 ORDER BY version DESC`,
    [key],
  );
  if (!newest) throw notFound(key);
  return [newest, ...older];
}

/** One version with its exact source. @throws {Refusal} `definition.not-found` */
export async function versionWithSource(
  transaction: Transaction,
  key: string,
  version: number,
): Promise<DefinitionRow & { readonly xml: string }> {
  const [row] = await transaction.query<DefinitionRow & { xml: string }>(
    `SELECT ${columns}, xml FROM hotline.definition d WHERE key = $1 AND version = $2`,
    [key, version],
  );
  if (!row) throw notFound(key, version);
  return row;
}

function notFound(key: string, version?: number): Refusal {
  const which = version === undefined ? '' : `的第 ${version} 版`;
  return new Refusal('definition.not-found', `没有名为“${key.slice(0, 60)}”的流程定义${which}`, {
    remedy: '现行的流程定义见 /api/definitions',
  });
}
