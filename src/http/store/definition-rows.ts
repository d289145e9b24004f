import { Refusal } from '../../kernel/index.js';
import type { Transaction } from '../../platform/database/index.js';

export interface DefinitionRow {
  readonly key: string;
  readonly version: number;
  readonly name: string;
  readonly sha256: string;
  readonly xml: string;
  readonly deployed_at: Date;
  readonly in_force_from: Date;
  readonly state: 'scheduled' | 'in-force' | 'superseded' | 'withdrawn';
}

/** `$1` is the instant. */
const rows = `SELECT d.key, d.version, d.name, d.sha256, d.xml, d.deployed_at, d.in_force_from, s.state
    FROM definition_overview d JOIN definition_states($1) s ON s.definition = d.id`;

export async function definitionsInForce(transaction: Transaction, now: Date): Promise<DefinitionRow[]> {
  return transaction.query<DefinitionRow>(`${rows} WHERE s.state = 'in-force' ORDER BY d.key`, [now]);
}

/** Newest first. @throws {Refusal} `definition.not-found` */
export async function versionsOf(
  transaction: Transaction,
  key: string,
  now: Date,
): Promise<[DefinitionRow, ...DefinitionRow[]]> {
  const [newest, ...older] = await transaction.query<DefinitionRow>(
    `${rows} WHERE d.key = $2 ORDER BY d.version DESC`,
    [now, key],
  );
  if (!newest) throw notFound(key);
  return [newest, ...older];
}

/** One version with its exact source. @throws {Refusal} `definition.not-found` */
export async function versionWithSource(
  transaction: Transaction,
  key: string,
  version: number,
  now: Date,
): Promise<DefinitionRow> {
  const [row] = await transaction.query<DefinitionRow>(`${rows} WHERE d.key = $2 AND d.version = $3`, [
    now,
    key,
    version,
  ]);
  if (!row) throw notFound(key, version);
  return row;
}

function notFound(key: string, version?: number): Refusal {
  const which = version === undefined ? '' : `的第 ${version} 版`;
  return new Refusal('definition.not-found', `没有名为“${key.slice(0, 60)}”的流程定义${which}`, {
    remedy: '现行的流程定义见 /api/definitions',
  });
}
