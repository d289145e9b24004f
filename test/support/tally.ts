/** What the steps have counted, beside what is counted from the rows themselves. */
import { expect } from 'chai';
import pg from 'pg';

const sums = `SELECT what, slot, key, sum(n) AS n, sum(opened) AS opened FROM hotline.tally GROUP BY 1, 2, 3
              HAVING sum(n) <> 0 OR sum(opened) <> 0 ORDER BY what, slot, key`;

/** @returns how many different counts there are. @throws where one of them is not what the rows say */
export async function expectCountsHold(url: string): Promise<number> {
  const owner = new pg.Client({ connectionString: url });
  await owner.connect();
  try {
    await owner.query('BEGIN ISOLATION LEVEL REPEATABLE READ');
    const { rows: kept } = await owner.query(sums);
    await owner.query('SELECT hotline.recount_tally()');
    const { rows: counted } = await owner.query(sums);
    await owner.query('ROLLBACK');
    expect(kept).to.deep.equal(counted);
    return kept.length;
  } finally {
    await owner.end();
  }
}
