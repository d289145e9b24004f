/** The sheets behind a number, under the plans that the program really uses. */
import { expect } from 'chai';
import pg from 'pg';
import {
  countedFacts,
  numberOfFacts,
  parsePeriod,
  type FactMark,
} from '../../../src/measures/assessment/index.js';
import { asViewer, type Transaction } from '../../../src/platform/database/index.js';
import { useDatabase } from '../../support/database.js';

const sheets = 6000;
const units = ['甲局', '乙局', ...Array.from({ length: 28 }, (_, n) => `第${n}局`)];
const asked = { realm: 'live', period: parsePeriod('2026-10'), measure: 'reply' } as const;

interface Plan {
  readonly 'Node Type': string;
  readonly 'Index Name'?: string;
  readonly 'Shared Hit Blocks': number;
  readonly 'Shared Read Blocks': number;
  readonly Plans?: readonly Plan[];
}

describe('一个数字所计的工单', () => {
  const database = useDatabase();
  const all = () => database();
  const ofUnit = () => asViewer(database(), ['甲局']);
  /** Recused from the very first sheet, and sees all others. */
  const recused = () => asViewer(database(), 'all', ['T-000001']);

  before(async () => {
    // Several facts at one instant: they are ordered by sheet and entry.
    await database().pool.query(
      `INSERT INTO hotline.assessment_fact
         (realm, stream, measure, opened, decided, at, period, unit, met, excluded, round, kind, area, district)
       SELECT 'live', 'T-' || lpad(n::text, 6, '0'), 'reply', 5, 7, '2026-10-08T00:00:00Z'::timestamptz + n / 4 * interval '1 microsecond',
              '2026-10', ($1::text[])[1 + n % 30], n % 50 <> 1, n % 100 = 0, 1, 'help', '', ''
         FROM generate_series(1, $2::int) n`,
      [units, sheets],
    );
    const owner = new pg.Client({ connectionString: database().url });
    await owner.connect();
    await owner.query('ANALYZE hotline.assessment_fact').finally(() => owner.end());
    await database().pool.query(
      `INSERT INTO hotline.assessment_tally
       SELECT realm, period, unit, measure, kind, count(*) FILTER (WHERE met), count(*) FROM hotline.assessment_fact
        WHERE NOT excluded GROUP BY realm, period, unit, measure, kind`,
    );
  });

  type Reader = () => Pick<ReturnType<typeof database>, 'transaction'>;
  const page = (as: Reader, also: Partial<Parameters<typeof countedFacts>[1]>, after?: FactMark) =>
    as().transaction((transaction) => countedFacts(transaction, { ...asked, most: 7, ...also, after }));

  async function readThrough(
    as: Reader,
    also: Partial<Parameters<typeof countedFacts>[1]>,
  ): Promise<string[]> {
    const read: string[] = [];
    let after: FactMark | undefined;
    for (;;) {
      const rows = await page(as, { ...also, most: 500 }, after);
      read.push(...rows.map(({ stream }) => stream));
      after = rows.at(-1)?.mark;
      if (!after) return read;
    }
  }
  const numbered = Array.from({ length: sheets }, (_, index) => index + 1);
  const expected = (of: (n: number) => boolean): string[] => {
    const isMet = (n: number): boolean => n % 50 !== 1;
    const wanted = numbered.filter(of);
    return [...wanted.filter((n) => !isMet(n)), ...wanted.filter(isMet)].map(
      (n) => `T-${String(n).padStart(6, '0')}`,
    );
  };

  it('一页接一页：没有达到的在前，一项不漏、一项不重；全市的、一个单位的、几个单位的', async () => {
    expect(await readThrough(all, {})).to.deep.equal(expected(() => true));
    expect(await readThrough(all, { units: ['甲局'] })).to.deep.equal(expected((n) => n % 30 === 0));
    expect(await readThrough(all, { units: ['甲局', '乙局'] })).to.deep.equal(expected((n) => n % 30 < 2));
    expect(await readThrough(all, { met: false })).to.deep.equal(expected((n) => n % 50 === 1));
  });

  it('单位的人只看到自己单位的；应当回避的人看不到那一张，看得到其余的', async () => {
    expect(await readThrough(ofUnit, {})).to.deep.equal(expected((n) => n % 30 === 0));
    expect(await readThrough(ofUnit, { units: ['乙局'] })).to.deep.equal([]);
    expect(await readThrough(recused, {})).to.deep.equal(expected((n) => n !== 1));
  });

  it('共几项：合计加上准予不计的', async () => {
    const count = (also: Partial<Parameters<typeof numberOfFacts>[1]>): Promise<number> =>
      database().transaction((transaction) => numberOfFacts(transaction, { ...asked, ...also }));
    expect(await count({})).to.equal(sheets);
    expect(await count({ met: true })).to.equal((sheets / 50) * 49);
    expect(await count({ met: false })).to.equal(sheets / 50);
    expect(await count({ units: ['甲局', '第0局'] })).to.equal((sheets / 30) * 2);
    expect(await count({ units: [] })).to.equal(0);
  });

  for (const [whose, as, also, index] of [
    ['全市的', all, {}, 'assessment_fact_of_all'],
    ['全市没有达到的', all, { met: false }, 'assessment_fact_of_all'],
    ['一个单位的', all, { units: ['甲局'] }, 'assessment_fact_of_unit'],
    ['单位自己看自己的', ofUnit, { units: ['甲局'] }, 'assessment_fact_of_unit'],
    ['应当回避的人看全市的', recused, {}, 'assessment_fact_of_all'],
  ] as const) {
    it(`${whose}：无论第几页，只按顺序读出这一页的几行`, async () => {
      const middle = (await page(as, { ...also, most: 100 })).at(-1)?.mark;
      for (const after of [undefined, middle]) {
        const plan = await planned(as, also, after);
        expect(nodesOf(plan).map((node) => node['Index Name'])).to.include(index);
        expect(nodesOf(plan).filter((node) => /Seq Scan|Bitmap/.test(node['Node Type']))).to.deep.equal([]);
        expect(plan['Shared Hit Blocks'] + plan['Shared Read Blocks']).to.be.at.most(60);
      }
    });
  }

  /** How PostgreSQL executes the statement in the program's sessions. */
  async function planned(
    as: Reader,
    also: Partial<Parameters<typeof countedFacts>[1]>,
    after?: FactMark,
  ): Promise<Plan> {
    let plan: Plan | undefined;
    await as().transaction(async (transaction) => {
      const overheard: Pick<Transaction, 'query'> = {
        query: async (sql, values = []) => {
          const literals = values.map((value) =>
            pg.escapeLiteral(Array.isArray(value) ? `{${value.join()}}` : String(value)),
          );
          await transaction.query(`PREPARE explained AS ${sql}`);
          const [row] = await transaction.query<{ 'QUERY PLAN': readonly { readonly Plan: Plan }[] }>(
            `EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) EXECUTE explained (${literals.join(', ')})`,
          );
          await transaction.query('DEALLOCATE explained');
          plan = row?.['QUERY PLAN'][0]?.Plan;
          return [];
        },
      };
      await countedFacts(overheard as Transaction, { ...asked, most: 7, ...also, after });
    });
    return plan ?? expect.fail('no plan');
  }
});

const nodesOf = (plan: Plan): Plan[] => [plan, ...(plan.Plans ?? []).flatMap(nodesOf)];
