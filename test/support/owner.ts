/** What the owner of the tables does, past the rights of the program. */
import pg from 'pg';

export async function asOwner(url: string, ...statements: readonly string[]): Promise<void> {
  const owner = new pg.Client({ connectionString: url });
  await owner.connect();
  try {
    for (const statement of statements) await owner.query(statement);
  } finally {
    await owner.end();
  }
}
