/** Sources of requests as their rows have them, for comparison with the trail. */
import type { Facts } from '../../kernel/index.js';
import type { Transaction } from '../../platform/database/index.js';

export const sourceTable = 'channel_source';

/** Of the address that answers go to the host, as in the entries. */
export async function comparedSources(
  transaction: Transaction,
): Promise<readonly { readonly name: string; readonly facts: Facts }[]> {
  const rows = await transaction.query<{
    readonly name: string;
    readonly address: string | null;
    readonly mapping: Readonly<Record<string, string>>;
    readonly facts: Facts;
  }>(
    `SELECT id::text AS name, out_address AS address, mapping, json_build_object('名称', name, '渠道', channel,
            '凭', proof, '在用', CASE WHEN closed_at IS NULL THEN '是' ELSE '否' END) AS facts FROM channel_source`,
  );
  return rows.map(({ name, address, mapping, facts }) => ({
    name,
    facts: { ...facts, 取自: mappingFact(mapping), 发往: hostOf(address) },
  }));
}

export const mappingFact = (mapping: Readonly<Record<string, string>>): string =>
  Object.entries(mapping)
    .map(([column, from]) => `${column}=${from}`)
    .sort()
    .join(' ');

const hostOf = (address: string | null): string | null =>
  address !== null && URL.canParse(address) ? new URL(address).host : address;
