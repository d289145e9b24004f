/** Sealed texts that an older program kept readably; and their boxes under another key. */
import { renewing, type VaultTable } from '../../persistence/index.js';
import { sealedPlace } from '../trail/sealed-box.js';

interface PlainRow {
  readonly stream: string;
  readonly seq: number;
  readonly name: string;
  readonly salt: Buffer;
  readonly value: string;
}

export const sealedVaultTable: VaultTable = {
  title: '轨迹封存的文字',
  close: async (transaction, vault, most) => {
    const rows = await transaction.query<PlainRow>(
      `SELECT stream, seq, name, salt, value FROM sealed_value WHERE value IS NOT NULL
        LIMIT $1 FOR UPDATE`,
      [most],
    );
    if (rows.length === 0) return 0;
    const boxes = rows.map(({ stream, seq, name, salt, value }) =>
      vault.seal(`${salt.toString('hex')}${value}`, sealedPlace(stream, seq, name)),
    );
    await transaction.query(
      `UPDATE sealed_value t SET box = n.box, salt = NULL, value = NULL
         FROM unnest($1::text[], $2::int[], $3::text[], $4::bytea[]) AS n (stream, seq, name, box)
        WHERE t.stream = n.stream AND t.seq = n.seq AND t.name = n.name`,
      [rows.map(({ stream }) => stream), rows.map(({ seq }) => seq), rows.map(({ name }) => name), boxes],
    );
    return rows.length;
  },
  renew: renewing({
    table: 'sealed_value',
    key: { stream: 'text', seq: 'integer', name: 'text' },
    boxes: ['box'],
    belongsTo: ({ stream, seq, name }) => sealedPlace(String(stream), Number(seq), String(name)),
  }),
};
