/** Units, accounts and roles as their rows have them, for comparison with the trail. */
import type { Facts } from '../../kernel/index.js';
import type { Transaction } from '../../platform/database/index.js';

export const peopleTables = ['unit', 'person', 'role_grant'] as const;

interface ComparedRow {
  readonly table: (typeof peopleTables)[number];
  readonly name: string;
  readonly facts: Facts;
}

export const comparedPeople = (transaction: Transaction): Promise<readonly ComparedRow[]> =>
  transaction.query(
    `SELECT 'unit' AS table, u.name, json_build_object('种类', u.kind, '上级', p.name) AS facts
       FROM unit u LEFT JOIN unit p ON p.id = u.parent
     UNION ALL
     SELECT 'person', p.login, json_build_object('姓名', p.name, '单位', u.name,
            '在用', CASE WHEN p.closed_at IS NULL THEN '是' ELSE '否' END)
       FROM person p JOIN unit u ON u.id = p.unit
     UNION ALL
     SELECT 'role_grant', p.login || ' ' || g.role, json_build_object()
       FROM role_grant g JOIN person p ON p.id = g.person`,
  );
