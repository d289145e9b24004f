/** Callers' encrypted values. */
import type { Vault } from '../../kernel/index.js';
import type { Transaction } from '../../platform/database/index.js';
import { callerFields, openValue, type CallerField } from '../caller.js';

interface Boxes {
  readonly name: Buffer | null;
  readonly contact: Buffer | null;
  readonly address: Buffer | null;
}

export interface CallerRow extends Boxes {
  readonly erasedAt: Date | null;
}

export type OpenedCaller = {
  readonly [Field in CallerField]: { readonly salt: string; readonly value: string } | null;
};

/** @throws {Refusal} `vault.locked` */
export function openCaller(vault: Vault, no: string, boxes: Boxes): OpenedCaller {
  const open = (field: CallerField) => {
    const box = boxes[field];
    return box === null ? null : openValue(vault, no, field, box);
  };
  return { name: open('name'), contact: open('contact'), address: open('address') };
}

/** Undefined if there are no values, or no longer. */
export async function callerRow(transaction: Transaction, no: string): Promise<Boxes | undefined> {
  const [row] = await transaction.query<Boxes>(
    'SELECT name, contact, address FROM caller WHERE work_order = $1 AND erased_at IS NULL',
    [no],
  );
  return row;
}

/** SQL: whether the caller's values are stored. @param no SQL for the sheet's number */
export const hasCaller = (no: string): string =>
  `EXISTS (SELECT FROM caller r WHERE r.work_order = ${no} AND r.erased_at IS NULL)`;

/**
 * Erases the boxes, those that corrections replaced, their salts and the matching hash, and the
 * point of a matter at the caller's address, so that the trail's digests cannot be guessed.
 *
 * @returns the erased fields; undefined if there were none
 */
export async function eraseCallerRow(
  transaction: Transaction,
  no: string,
  at: Date,
): Promise<readonly CallerField[] | undefined> {
  const [row] = await transaction.query<Boxes>(
    `SELECT name, contact, address FROM caller WHERE work_order = $1 AND erased_at IS NULL FOR UPDATE`,
    [no],
  );
  if (!row) return undefined;
  await transaction.query(
    `UPDATE caller SET name = NULL, contact = NULL, address = NULL, contact_match = NULL, erased_at = $2
      WHERE work_order = $1`,
    [no, at],
  );
  await transaction.query('DELETE FROM caller_before WHERE work_order = $1', [no]);
  await transaction.query(
    `UPDATE work_order SET place_given_longitude = NULL, place_given_latitude = NULL, place_system = NULL,
            place_longitude = NULL, place_latitude = NULL, place_within = NULL, place_salt = NULL
      WHERE no = $1 AND place_of_caller`,
    [no],
  );
  return callerFields.filter((field) => row[field] !== null);
}
