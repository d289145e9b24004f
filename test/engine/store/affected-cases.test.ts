/** Which cases a change of days affects, among very many deadlines: checks PostgreSQL's own plan. */
import { expect } from 'chai';
import pg from 'pg';
import { casesCrossing } from '../../../src/engine/index.js';
import type { Transaction } from '../../../src/platform/database/index.js';
import { useDatabase } from '../../support/database.js';

interface Plan {
  readonly 'Node Type': string;
  readonly 'Index Name'?: string;
  readonly 'Actual Rows': number;
  readonly Plans?: readonly Plan[];
}

const nodesOf = (plan: Plan): Plan[] => [plan, ...(plan.Plans ?? []).flatMap(nodesOf)];
const cases = 4000;
const from = new Date('2026-06-01T00:00:00+08:00');

describe('日历变动涉及的期限', () => {
  const database = useDatabase();

  it('两万条里少数届满在变动之后：这些按 deadline_due 索引查，其余只通读一遍', async () => {
    const owner = new pg.Client({ connectionString: database().url });
    await owner.connect();
    // One per minute; the last hundred cases are due after the span has begun. Every second one
    // precedes a limit.
    await owner.query(
      `INSERT INTO hotline.deadline (case_id, instance, timer, realm, element, due_at, started_at, fired, provisional,
              spec, derivation, claim_at)
       SELECT n, 1, t, 'live', 'Timer', at, at - interval '5 days', 0, false, '{}',
              CASE WHEN t % 2 = 0 THEN json_build_object('limit', at) ELSE '{}' END, at
         FROM generate_series(1, $2::int) n, generate_series(1, 5) t,
              LATERAL (SELECT $1::timestamptz + (n - ($2::int - 99)) * interval '1 minute') late (at)`,
      [from, cases],
    );
    await owner.query('ANALYZE hotline.deadline');
    await owner.end();
    const span = { from, until: new Date(from.getTime() + 86_400_000) };
    await database().transaction(async (transaction) => {
      const found = await casesCrossing(transaction, span);
      expect(found.map(Number)).to.deep.equal(Array.from({ length: 100 }, (_, index) => cases - 99 + index));
      let plan: Plan | undefined;
      const explaining = {
        query: async (sql: string, parameters: readonly unknown[]) => {
          const [row] = await transaction.query<{ 'QUERY PLAN': [{ Plan: Plan }] }>(
            `EXPLAIN (ANALYZE, FORMAT JSON) ${sql}`,
            parameters,
          );
          plan = row?.['QUERY PLAN'][0].Plan;
          return [];
        },
      };
      await casesCrossing(explaining as unknown as Transaction, span);
      const nodes = plan ? nodesOf(plan) : [];
      const byIndex = nodes.filter((node) => node['Index Name'] === 'deadline_due');
      expect(byIndex.map((node) => node['Actual Rows'])).to.include(500);
      expect(nodes.filter((node) => node['Node Type'] === 'Seq Scan').length).to.be.at.most(1);
    });
  });
});
