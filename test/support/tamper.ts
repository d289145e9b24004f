/** What an insider with all rights does to the trail, past the triggers. */
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

/** What the verifier says of a bundle: the names of the attacks, none where all holds. */
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
