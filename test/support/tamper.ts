/** An insider with all rights changes the trail, bypassing the triggers. */
import pg from 'pg';
import { verifyBundle } from '../../verifier/verify.mjs';

type Statement = readonly [sql: string, ...values: unknown[]];

/** Statements of a superuser, after all triggers of the trail have been switched off. */
export async function asSuperuser(url: string, ...statements: readonly Statement[]): Promise<void> {
  const owner = new pg.Client({ connectionString: url });
  await owner.connect();
  try {
    await owner.query('SET search_path = hotline');
    for (const table of ['trail_entry', 'trail_head', 'trail_leaf', 'trail_tile', 'trail_log', 'definition'])
      await owner.query(`ALTER TABLE ${table} DISABLE TRIGGER ALL`);
    for (const table of ['trail_checkpoint', 'trail_cosignature', 'trail_sm_tile', 'trail_sm_checkpoint'])
      await owner.query(`ALTER TABLE ${table} DISABLE TRIGGER ALL`);
    for (const [sql, ...values] of statements) await owner.query(sql, values);
  } finally {
    await owner.end();
  }
}

/** The verifier's findings on a bundle: names of attacks, empty if it is valid. */
export function attacksIn(bytes: Buffer, policy?: string): string[] {
  try {
    return verifyBundle(bytes, policy).findings.map(({ attack }) => attack);
  } catch (error) {
    return [(error as { attack: string }).attack];
  }
}

/** One bit turned over. */
export function flip(bytes: Buffer, bit: number): Buffer {
  const flipped = Buffer.from(bytes);
  flipped.writeUInt8(flipped.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
  return flipped;
}

/**
 * The same during `work`; afterwards the rows are restored.
 *
 * @param tables that the statements change
 */
export async function whileTampered(
  url: string,
  tables: readonly string[],
  statements: readonly Statement[],
  work: () => Promise<void>,
): Promise<void> {
  const owner = new pg.Client({ connectionString: url });
  await owner.connect();
  try {
    await owner.query('SET search_path = hotline');
    for (const table of tables) {
      await owner.query(`ALTER TABLE ${table} DISABLE TRIGGER ALL`);
      await owner.query(`CREATE TEMP TABLE kept_${table} AS TABLE ${table}`);
    }
    for (const [sql, ...values] of statements) await owner.query(sql, values);
    await work();
    for (const table of tables) {
      const { rows } = await owner.query<{ columns: string }>(
        `SELECT string_agg(quote_ident(attname), ', ') AS columns FROM pg_attribute
          WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''`,
        [`hotline.${table}`],
      );
      const columns = rows[0]?.columns ?? '';
      await owner.query(`DELETE FROM ${table}`);
      await owner.query(
        `INSERT INTO ${table} (${columns}) OVERRIDING SYSTEM VALUE SELECT ${columns} FROM kept_${table}`,
      );
    }
  } finally {
    await owner.end();
  }
}
