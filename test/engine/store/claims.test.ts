/** The scheduler's only query, under the plans that the program really uses. */
import { expect } from 'chai';
import pg from 'pg';
import { createClaims, type Claims } from '../../../src/engine/store/claims.js';
import { movableClock } from '../../../src/kernel/index.js';
import type { Transaction } from '../../../src/platform/database/index.js';
import { useDatabase } from '../../support/database.js';

const cases = 4000;
const each = 5;
const due = new Date('2026-06-01T00:00:00+08:00');
const notYet = new Date(due.getTime() - 1);

interface Plan {
  readonly 'Node Type': string;
  readonly 'Index Name'?: string;
  readonly 'Relation Name'?: string;
  readonly 'Shared Hit Blocks': number;
  readonly 'Shared Read Blocks': number;
  readonly Plans?: readonly Plan[];
}

describe('认领到期的期限', () => {
  let owner: pg.Client;
  // Registered first, because the next hook drops the database even if somebody is connected.
  after(() => owner.end());
  const database = useDatabase();
  let claims: Claims;

  before(async () => {
    owner = new pg.Client({ connectionString: database().url });
    await owner.connect();
    await owner.query('ALTER TABLE hotline.deadline SET (autovacuum_enabled = off)');
  });
  beforeEach(async () => {
    claims = createClaims(movableClock(due));
    await owner.query('TRUNCATE hotline.process_case, hotline.deadline RESTART IDENTITY');
    await owner.query(
      `INSERT INTO hotline.process_case (business_key, variables, standing, started_at)
       SELECT n, '{}', '[[],[],[],null]', $1 FROM generate_series(1, $2::int) n`,
      [notYet, cases],
    );
    // The later a case, the later it is due, by milliseconds.
    await owner.query(
      `INSERT INTO hotline.deadline (case_id, instance, timer, realm, element, due_at, started_at, fired, provisional,
              spec, derivation, claim_at)
       SELECT id, 1, n, 'live', 'Timer', at, at, 0, false, '{}', '{}', at
         FROM hotline.process_case, generate_series(1, $2::int) n,
              LATERAL (SELECT $1::timestamptz + id * interval '1 ms') late (at)`,
      [due, each],
    );
    await owner.query('ANALYZE hotline.process_case, hotline.deadline');
  });

  /** Far enough that everything is due. */
  const late = new Date(due.getTime() + 60_000);
  const idsOf = (ids: Iterable<string>): number[] => [...ids].map(Number);
  const claim = (mine: Claims, limit: number): Promise<number[]> =>
    database().transaction(async (transaction) => idsOf((await mine.claim(transaction, late, limit)).keys()));

  it('两万条未到期：按 deadline_due 索引查，不扫表、不排序，只读几页', async () => {
    const plan = await planned(notYet);
    expect(nodesOf(plan).filter((node) => /Seq Scan|Sort|Bitmap/.test(node['Node Type']))).to.deep.equal([]);
    expect(nodesOf(plan).map((node) => node['Index Name'])).to.include('deadline_due');
    expect(blocksOf(plan)).to.be.at.most(10);
  });

  it('按到期先后认领，一轮接着一轮，办完一轮才从头再问', async () => {
    expect(await claim(claims, each * 3)).to.deep.equal([1, 2, 3]);
    expect(await claim(claims, each * 2)).to.deep.equal([4, 5]);
    await owner.query('DELETE FROM hotline.deadline WHERE case_id > 6');
    expect(await claim(claims, each * 3)).to.deep.equal([6]);
    expect(await claim(claims, each * 2)).to.deep.equal([1, 2]);
  });

  it('别的程序占着的跳过；归还以后，不等积压办完就认领', async () => {
    const clock = movableClock(due);
    const mine = createClaims(clock);
    await database().transaction(async (transaction) => {
      const theirs = await createClaims(clock).claim(transaction, late, each * 2);
      expect(idsOf(theirs.keys())).to.deep.equal([1, 2]);
      expect(await claim(mine, each * 2)).to.deep.equal([3, 4]);
    });
    expect(await claim(mine, each)).to.deep.equal([5]);
    clock.moveTo(new Date(due.getTime() + 1000));
    expect(await claim(mine, each)).to.deep.equal([1]);
  });

  it('一次办掉几千条，索引里还留着它们的位置：接着认领不从它们身上走过', async () => {
    // An old snapshot, like that of a backup, keeps PostgreSQL from removing dead rows.
    const old = new pg.Client({ connectionString: database().url });
    await old.connect();
    try {
      await old.query('BEGIN ISOLATION LEVEL REPEATABLE READ');
      await old.query('SELECT 1 FROM hotline.deadline LIMIT 1');
      const done = cases - 100;
      await claim(claims, each * done);
      await owner.query('DELETE FROM hotline.deadline WHERE case_id <= $1', [done]);
      const goingOn = blocksOf(await planned(late, each));
      const fromTheStart = blocksOf(await planned(late, each, createClaims(movableClock(due))));
      expect(goingOn).to.be.at.most(100);
      expect(fromTheStart).to.be.greaterThan(goingOn * 2);
    } finally {
      await old.end();
    }
  });

  /** How PostgreSQL executes the statement as the program's sessions prepare it. */
  async function planned(until: Date, limit = 200, mine = claims): Promise<Plan> {
    let explained: Promise<Plan> | undefined;
    await database().transaction(async (transaction) => {
      const overheard: Pick<Transaction, 'prepared' | 'afterCommit'> = {
        afterCommit: () => undefined,
        prepared: async (_name, sql, [now, claimAt, caseId] = []) => {
          explained ??= explain(transaction, sql, [now, claimAt, caseId]);
          await explained;
          return [];
        },
      };
      await mine.claim(overheard as Transaction, until, limit);
    });
    if (!explained) throw new Error('claiming asked the database nothing');
    return explained;
  }

  async function explain(
    transaction: Transaction,
    sql: string,
    parameters: readonly unknown[],
  ): Promise<Plan> {
    const literals = parameters.map((value) =>
      pg.escapeLiteral(value instanceof Date ? value.toISOString() : String(value)),
    );
    await transaction.query(`PREPARE explained (timestamptz, timestamptz, bigint) AS ${sql}`);
    const [row] = await transaction.query<{ 'QUERY PLAN': readonly { readonly Plan: Plan }[] }>(
      `EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) EXECUTE explained (${literals.join(', ')})`,
    );
    await transaction.query('DEALLOCATE explained');
    const [plan] = row?.['QUERY PLAN'] ?? [];
    if (!plan) throw new Error('no plan');
    return plan.Plan;
  }
});

const nodesOf = (plan: Plan): Plan[] => [plan, ...(plan.Plans ?? []).flatMap(nodesOf)];
const blocksOf = (plan: Plan): number => plan['Shared Hit Blocks'] + plan['Shared Read Blocks'];
