/** What a list shows of each sheet besides its state. It contains no data of the caller. */
import type { Transaction } from '../../platform/database/index.js';
import type { Channel, Kind } from '../../sheet/index.js';

export interface SheetFacts {
  readonly channel: Channel;
  readonly kind: Kind;
  readonly district: string | null;
  /** Code of the sheet's class. */
  readonly class: string | null;
  /** The place of the matter in words; null if that is the caller's own address. */
  readonly place: string | null;
  readonly receivedAt: Date;
}

/** By the sheet's number; cases without a sheet are omitted. */
export async function sheetFacts(
  transaction: Transaction,
  caseIds: readonly string[],
): Promise<ReadonlyMap<string, SheetFacts>> {
  const rows = await transaction.query<{
    no: string;
    channel: Channel;
    kind: Kind;
    district: string | null;
    class: string | null;
    place: string | null;
    received_at: Date;
  }>(
    `SELECT w.no, s.channel, s.kind, s.district, s.class_path[cardinality(s.class_path)] AS class, w.place, w.received_at
       FROM sheet_trait s
       JOIN case_overview c ON c.id = s.case_id
       JOIN sheet_overview w ON w.no = c.business_key
      WHERE s.case_id = ANY ($1::bigint[]) AND c.id = ANY ($1::bigint[])`,
    [[...caseIds]],
  );
  return new Map(rows.map(({ no, received_at: receivedAt, ...facts }) => [no, { ...facts, receivedAt }]));
}
