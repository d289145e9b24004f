/** Channels and subscriptions as their rows have them, for comparison with the trail. */
import type { Facts } from '../../../kernel/index.js';
import type { Transaction } from '../../../platform/database/index.js';

export const wayTables = ['notification_channel', 'event_subscription'] as const;

interface Row {
  readonly table: (typeof wayTables)[number];
  readonly name: string;
  readonly facts: Facts;
}

/** Of an address the host, as in the entries. */
export async function comparedWays(transaction: Transaction): Promise<readonly Row[]> {
  const rows = await transaction.query<Row & { readonly address: string }>(
    `SELECT 'notification_channel' AS "table", c.id::text AS name, c.address, json_build_object('谁的', c.recipient,
            '种类', c.kind, '在用', CASE WHEN c.ended_at IS NULL THEN '是' ELSE '否' END) AS facts
       FROM notification_channel c
     UNION ALL
     SELECT 'event_subscription', s.id::text, s.address, json_build_object('系统', y.name, '事件', array_to_string(s.types, ' '),
            '单位', u.name, '在用', CASE WHEN s.closed_at IS NULL THEN '是' ELSE '否' END)
       FROM event_subscription s JOIN system_overview y ON y.id = s.system LEFT JOIN unit_overview u ON u.id = s.unit`,
  );
  return rows.map(({ table, name, address, facts }) => ({
    table,
    name,
    facts: { ...facts, 主机: hostOf(address) },
  }));
}

const hostOf = (address: string): string =>
  URL.canParse(address) ? new URL(address).host : (address.split('@').at(-1) ?? '');
