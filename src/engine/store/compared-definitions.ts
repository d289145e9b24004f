/** Deployed definitions as their rows have them, for comparison with the trail. */
import type { Facts } from '../../kernel/index.js';
import type { Transaction } from '../../platform/database/index.js';

export const definitionTable = 'definition';

interface ComparedRow {
  readonly name: string;
  readonly facts: Facts;
}

/** All versions: the digest of the diagram itself, not only the noted one. `deployed`: the process has a trail. */
export const comparedDefinitions = (
  transaction: Transaction,
): Promise<readonly (ComparedRow & { readonly key: string; readonly deployed: boolean })[]> =>
  transaction.query(
    `SELECT key, EXISTS (SELECT FROM recorded_entry e WHERE e.stream = 'definition:' || key AND e.seq = 1) AS deployed, key || ' 第 ' || version || ' 版' AS name,
            json_build_object('流程图', encode(sha256(convert_to(xml, 'UTF8')), 'hex'), '所记的摘要', sha256, '引擎', runtime,
              '现行自', (extract(epoch FROM in_force_from) * 1000)::bigint::text) AS facts
       FROM definition ORDER BY key, version`,
  );
