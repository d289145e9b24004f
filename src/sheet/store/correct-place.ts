/**
 * Corrects the place of the matter. A replaced place that was the caller's own address stays,
 * encrypted, until erasure.
 */
import { Refusal, seal, type Seal, type Vault } from '../../kernel/index.js';
import type { Transaction } from '../../platform/database/index.js';
import { placeLine, sealPlace, type Place } from '../place.js';
import type { KeptSheet } from '../work-order.js';
import { placeBefore } from './correct-sheet.js';

export interface PlaceCorrection {
  readonly before: KeptSheet;
  readonly after: Place | null;
  /** True if the old place reveals where the caller lives. */
  readonly wasTheCallers: boolean;
  readonly at: Date;
}

export async function correctPlace(
  vault: Vault,
  transaction: Transaction,
  { before: { no, place: old }, after, wasTheCallers, at }: PlaceCorrection,
): Promise<Seal | undefined> {
  if (wasTheCallers || after?.ofCaller) {
    // Locked, because a concurrent erasure would not see what is added here.
    const [caller] = await transaction.query<{ erased: boolean; before: number }>(
      `SELECT erased_at IS NOT NULL AS erased,
              (SELECT count(*)::int FROM caller_before b WHERE b.work_order = c.work_order) AS before
         FROM caller c WHERE work_order = $1 FOR UPDATE`,
      [no],
    );
    if (after?.ofCaller && (!caller || caller.erased)) {
      throw new Refusal('caller.none', '来电人资料已经删除，事发地点不能再是来电人地址', {
        where: 'place.ofCaller',
        remedy: '在事发地点里写明地点',
      });
    }
    const isMore = old !== null && (old.given !== null || old.address !== null);
    if (wasTheCallers && isMore && caller && !caller.erased) {
      const number = caller.before + 1;
      const { salt, value } = seal('place', placeLine(old));
      await transaction.query(
        `INSERT INTO caller_before (work_order, number, field, box, replaced_at) VALUES ($1, $2, 'place', $3, $4)`,
        [no, number, vault.seal(`${salt}${value}`, placeBefore(no, number, 'place')), at],
      );
    }
  }
  const kept = after && sealPlace(after);
  await transaction.query(
    `UPDATE work_order SET place_address = $2, place_given_longitude = $3, place_given_latitude = $4, place_system = $5,
            place_longitude = $6, place_latitude = $7, place_of_caller = $8, place_within = $9, place_salt = $10
      WHERE no = $1`,
    [
      no,
      after?.address ?? null,
      after?.given?.longitude ?? null,
      after?.given?.latitude ?? null,
      after?.given?.system ?? null,
      after?.point?.longitude ?? null,
      after?.point?.latitude ?? null,
      after?.ofCaller ?? false,
      after?.within ?? null,
      kept?.salt ?? null,
    ],
  );
  return kept ?? undefined;
}
