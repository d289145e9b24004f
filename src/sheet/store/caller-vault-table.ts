/** Callers of sheets that an older program wrote down readably; and their boxes under another key. */
import { renewing, type VaultTable } from '../../persistence/index.js';
import { keepValue, matchOf, placeOf, type CallerField } from '../caller.js';

export const callerVaultTable: VaultTable = {
  title: '来电人',
  close: async (transaction, vault, most) => {
    const rows = await transaction.query<{ no: string; name: string | null; contact: string | null }>(
      `SELECT no, caller_name AS name, caller_contact AS contact FROM work_order
        WHERE caller_name IS NOT NULL OR caller_contact IS NOT NULL LIMIT $1 FOR UPDATE`,
      [most],
    );
    if (rows.length === 0) return 0;
    const boxOf = (no: string, field: CallerField, text: string | null): string | null =>
      text === null ? null : keepValue(vault, no, field, text).box.toString('base64');
    const closed = rows.map(({ no, name, contact }) => ({
      no,
      name: boxOf(no, 'name', name),
      contact: boxOf(no, 'contact', contact),
      match: contact === null ? null : (matchOf(vault, contact)?.toString('base64') ?? null),
    }));
    await transaction.query(
      `WITH closed AS (
         INSERT INTO caller (work_order, name, contact, contact_match)
         SELECT no, decode(name, 'base64'), decode(contact, 'base64'), decode(match, 'base64')
           FROM json_to_recordset($1::json) AS n (no text, name text, contact text, match text)
         RETURNING work_order)
       UPDATE work_order w SET caller_name = NULL, caller_contact = NULL
         FROM closed WHERE w.no = closed.work_order`,
      [JSON.stringify(closed)],
    );
    return rows.length;
  },
  renew: renewing({
    table: 'caller',
    key: { work_order: 'text' },
    boxes: ['name', 'contact', 'address'],
    belongsTo: ({ work_order: no }, column) => placeOf(String(no), column as CallerField),
  }),
};
