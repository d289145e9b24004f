/** Sheets whose words have not been counted yet. Each is counted once across all programs. */
import type { Transaction } from '../../../platform/database/index.js';
import { teach, type Lesson } from './word-profiles.js';

export const lessonBatch = 200;
/** Milliseconds after which the transaction that ended a case is surely over, so that no case is missed. */
const settled = 10 * 60_000;

/** @returns the number of sheets counted. For a reclassified sheet, the words no longer count for the earlier class */
export async function learnClasses(transaction: Transaction): Promise<number> {
  const sheets = await transaction.query<{
    readonly code: string;
    readonly before: string | null;
    readonly text: string;
  }>(
    `WITH taken AS (
       UPDATE sheet_class SET learned = true WHERE id IN (
         SELECT id FROM sheet_class WHERE NOT learned ORDER BY id LIMIT $1::int FOR UPDATE SKIP LOCKED)
       RETURNING id, work_order, code)
     SELECT t.code, w.title || E'\\n' || w.content AS text,
            (SELECT p.code FROM sheet_class p WHERE p.work_order = t.work_order AND p.id < t.id
              ORDER BY p.id DESC LIMIT 1) AS before
       FROM taken t JOIN sheet_overview w ON w.no = t.work_order ORDER BY t.id`,
    [lessonBatch],
  );
  const lessons = sheets.flatMap(({ code, before, text }): Lesson[] => [
    ...(before === null ? [] : [{ code: before, text, by: -1 } as const]),
    { code, text, by: 1 },
  ]);
  await teach(transaction, 'class', lessons);
  return sheets.length;
}

/** Ended sheets count for the unit that led them at the end. @returns the number counted */
export async function learnUnits(transaction: Transaction, now: Date): Promise<number> {
  const [last] = await transaction.query<{ readonly at: string; readonly no: string }>(
    'SELECT ended_at::text AS at, no FROM unit_lesson FOR UPDATE',
  );
  const sheets = await transaction.query<{
    readonly no: string;
    readonly at: string;
    readonly code: string;
    readonly text: string;
  }>(
    `SELECT c.business_key AS no, c.ended_at::text AS at, c.lead_unit AS code, w.title || E'\\n' || w.content AS text
       FROM case_overview c JOIN sheet_overview w ON w.no = c.business_key
      WHERE c.realm = 'live' AND c.lead_unit IS NOT NULL AND c.ended_at IS NOT NULL
        AND c.ended_at >= $1::timestamptz AND (c.ended_at, c.business_key) > ($1::timestamptz, $2)
        AND c.ended_at < $3
      ORDER BY c.ended_at, c.business_key LIMIT $4::int`,
    [last?.at, last?.no, new Date(now.getTime() - settled), lessonBatch],
  );
  const newest = sheets.at(-1);
  if (!newest) return 0;
  await teach(
    transaction,
    'unit',
    sheets.map(({ code, text }) => ({ code, text, by: 1 })),
  );
  await transaction.query('UPDATE unit_lesson SET ended_at = $1::timestamptz, no = $2', [
    newest.at,
    newest.no,
  ]);
  return sheets.length;
}
