/** Acts on a leading sheet that are repeated on its members: pending ones, and results of the others. */
import type { Transaction } from '../../platform/database/index.js';

export interface CarriedAct {
  readonly lead: string;
  /** Entry number in the leading sheet's trail. */
  readonly firstEntry: number;
  readonly lastEntry: number;
  readonly unit: string;
  readonly actor: string;
  /** How callers were informed whom no message reaches; null if each is informed later. */
  readonly told: string | null;
  readonly at: Date;
}

type CarriedState = 'waiting' | 'done' | 'part' | 'left';

/** Result for one member: everything done, a part, or nothing; for the last two the reason. */
export interface Carried {
  readonly state: Exclude<CarriedState, 'waiting'>;
  readonly why: string | null;
}

export interface CarriedMember extends CarriedAct {
  readonly member: string;
  readonly state: CarriedState;
  readonly why: string | null;
}

export async function addCarriedAct(
  transaction: Transaction,
  act: CarriedAct,
  members: readonly string[],
): Promise<void> {
  const { lead, firstEntry, lastEntry, unit, actor, told, at } = act;
  await transaction.query(
    `INSERT INTO carried_act (lead, first_entry, last_entry, member, unit, actor, told, at)
     SELECT $1, $2, $3, member, $4, $5, $6, $7 FROM unnest($8::text[]) AS given (member)`,
    [lead, firstEntry, lastEntry, unit, actor, told, at, [...members]],
  );
}

const columns = `lead, first_entry AS "firstEntry", last_entry AS "lastEntry", member, unit, actor, told, at, state, why`;

/** Earlier acts first; locks the row. @param except members to skip */
export async function nextCarried(
  transaction: Transaction,
  lead: string,
  except: readonly string[],
): Promise<CarriedMember | undefined> {
  const [row] = await transaction.query<CarriedMember>(
    `SELECT ${columns} FROM carried_act
      WHERE lead = $1 AND state = 'waiting' AND member <> ALL ($2::text[])
      ORDER BY first_entry, member LIMIT 1 FOR UPDATE`,
    [lead, [...except]],
  );
  return row;
}

export async function settleCarried(
  transaction: Transaction,
  { lead, firstEntry, member }: CarriedMember,
  { state, why }: Carried,
): Promise<void> {
  await transaction.query(
    'UPDATE carried_act SET state = $4, why = $5 WHERE lead = $1 AND first_entry = $2 AND member = $3',
    [lead, firstEntry, member, state, why],
  );
}

/** Newest acts first. */
export async function carriedBy(
  transaction: Transaction,
  lead: string,
  most: number,
): Promise<readonly CarriedMember[]> {
  return transaction.query<CarriedMember>(
    `SELECT ${columns} FROM carried_act
      WHERE lead = $1 AND first_entry IN (
        SELECT DISTINCT first_entry FROM carried_act WHERE lead = $1 ORDER BY first_entry DESC LIMIT $2)
      ORDER BY first_entry DESC, member`,
    [lead, most],
  );
}
