/** Corrects the tables of sheets and callers. Replaced values of a caller stay, encrypted, until erasure. */
import { Refusal, type Seal, type Vault } from '../../kernel/index.js';
import { renewing, type Transaction, type VaultTable } from '../../platform/database/index.js';
import { callerFields, callerNames, keepValue, matchOf, openValue, type CallerField } from '../caller.js';
import { correctableFields, kindOfField, type Corrections } from '../correctable.js';
import { sealWords, type Words } from '../words.js';
import { wordColumns } from './word-rows.js';

/** Locks the sheet, so that corrections take turns. @returns whether the sheet exists */
export async function lockSheet(transaction: Transaction, no: string): Promise<boolean> {
  const rows = await transaction.query('SELECT FROM work_order WHERE no = $1 FOR NO KEY UPDATE', [no]);
  return rows.length > 0;
}

/**
 * Writes the new values of a locked sheet.
 *
 * @returns digests of the corrected words and of the caller's new values, for the trail
 * @throws {Refusal} `caller.none` if the caller's data were erased: they must not be collected
 * again
 */
export async function correctSheet(
  vault: Vault,
  transaction: Transaction,
  no: string,
  changes: Corrections,
  at: Date,
): Promise<readonly Seal[]> {
  const given = correctableFields.flatMap((field) => {
    const { column } = kindOfField(field);
    return changes[field] === undefined || column === undefined ? [] : [{ column, value: changes[field] }];
  });
  const seals: Seal[] = [];
  if (given.length > 0) {
    const set = given.map(({ column }, index) => `${column} = $${index + 2}`).join(', ');
    const [now] = await transaction.query<Words>(
      `UPDATE work_order w SET ${set} WHERE no = $1 RETURNING ${wordColumns}`,
      [no, ...given.map(({ value }) => value)],
    );
    if (now) seals.push(...(await sealAnew(transaction, no, now)));
  }
  for (const field of callerFields) {
    const value = changes[callerNames[field]];
    if (value === undefined) continue;
    const kept = await correctCaller(vault, transaction, { no, field, value, at });
    if (kept) seals.push(kept);
  }
  return seals;
}

/** Uses a new salt, so that one digest reveals nothing about another. */
async function sealAnew(transaction: Transaction, no: string, now: Words): Promise<readonly Seal[]> {
  const { salt, seals } = sealWords(now);
  await transaction.query('UPDATE work_order SET words_salt = $2 WHERE no = $1', [no, salt]);
  return seals;
}

interface CallerChange {
  readonly no: string;
  readonly field: CallerField;
  readonly value: string | null;
  readonly at: Date;
}

async function correctCaller(
  vault: Vault,
  transaction: Transaction,
  { no, field, value, at }: CallerChange,
): Promise<Seal | undefined> {
  const [row] = await transaction.query<{ box: Buffer | null; erased: boolean; before: number }>(
    `SELECT ${field} AS box, erased_at IS NOT NULL AS erased,
            (SELECT count(*)::int FROM caller_before b WHERE b.work_order = c.work_order) AS before
       FROM caller c WHERE work_order = $1 FOR UPDATE`,
    [no],
  );
  if (row?.erased) {
    throw new Refusal('caller.none', '来电人资料已经删除，不再登记', { remedy: '轨迹里有删除的记录' });
  }
  if (row?.box) {
    const { salt, value: old } = openValue(vault, no, field, row.box);
    const number = row.before + 1;
    await transaction.query(
      `INSERT INTO caller_before (work_order, number, field, box, replaced_at) VALUES ($1, $2, $3, $4, $5)`,
      [no, number, field, vault.seal(`${salt}${old}`, placeBefore(no, number, field)), at],
    );
  }
  const kept = value === null ? undefined : keepValue(vault, no, field, value);
  await transaction.query(
    `INSERT INTO caller (work_order, ${field}) VALUES ($1, $2)
     ON CONFLICT (work_order) DO UPDATE SET ${field} = excluded.${field}`,
    [no, kept?.box ?? null],
  );
  if (field === 'contact') {
    await transaction.query('UPDATE caller SET contact_match = $2 WHERE work_order = $1', [
      no,
      value === null ? null : (matchOf(vault, value) ?? null),
    ]);
  }
  return kept?.seal;
}

/** A value that a correction replaced. */
export interface CallerBefore {
  /** `place`: the place of the matter, if it was the caller's address. */
  readonly field: CallerField | 'place';
  readonly value: string;
  readonly until: Date;
}

export async function callerBefore(
  vault: Vault,
  transaction: Transaction,
  no: string,
): Promise<readonly CallerBefore[]> {
  const rows = await transaction.query<{
    number: number;
    field: CallerBefore['field'];
    box: Buffer;
    until: Date;
  }>(
    `SELECT number, field, box, replaced_at AS until FROM caller_before WHERE work_order = $1 ORDER BY number`,
    [no],
  );
  return rows.map(({ number, field, box, until }) => ({
    field,
    value: vault.open(box, placeBefore(no, number, field)).slice(saltLength),
    until,
  }));
}

/** Length in hexadecimal digits. */
const saltLength = 32;

export const placeBefore = (no: string, number: number, field: string): string =>
  `caller ${no} ${field} before ${number}`;

export const callerBeforeVaultTable: VaultTable = {
  title: '更正前的来电人资料',
  renew: renewing({
    table: 'caller_before',
    key: { work_order: 'text', number: 'integer' },
    with: ['field'],
    boxes: ['box'],
    belongsTo: (row) => placeBefore(String(row['work_order']), Number(row['number']), String(row['field'])),
  }),
};
