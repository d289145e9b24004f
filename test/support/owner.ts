/** Acts of the tables' owner, beyond the program's rights. */
import pg from 'pg';

async function connected<T>(url: string, work: (owner: pg.Client) => Promise<T>): Promise<T> {
  const owner = new pg.Client({ connectionString: url });
  await owner.connect();
  try {
    return await work(owner);
  } finally {
    await owner.end();
  }
}

export const asOwner = (url: string, ...statements: readonly string[]): Promise<void> =>
  connected(url, async (owner) => {
    for (const statement of statements) await owner.query(statement);
  });

export const ownersRows = <Row extends object>(url: string, sql: string): Promise<Row[]> =>
  connected(url, async (owner) => (await owner.query<Row>(sql)).rows);
