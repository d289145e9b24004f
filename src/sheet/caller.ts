/** The caller's name, contact and address: encryption, matching without decryption, masking. */
import { seal, type Seal, type Vault } from '../kernel/index.js';
import type { WorkOrder } from './work-order.js';

export const callerFields = ['name', 'contact', 'address'] as const;
export type CallerField = (typeof callerFields)[number];

/** Names of the digests in the sheet's first trail entry. */
export const callerNames = {
  name: 'callerName',
  contact: 'callerContact',
  address: 'callerAddress',
} as const satisfies Record<CallerField, keyof WorkOrder>;

export type Caller = { readonly [Field in CallerField]: string | null };

/** An encrypted value with its digest. */
export interface KeptValue {
  readonly box: Buffer;
  readonly seal: Seal;
}

/** The salt is encrypted with the value: after erasure the digest cannot be guessed. */
export function keepValue(vault: Vault, no: string, field: CallerField, text: string): KeptValue {
  const { salt, value, digest } = seal(callerNames[field], text);
  return {
    box: vault.seal(`${salt}${value}`, placeOf(no, field)),
    seal: { name: callerNames[field], salt, value: null, digest },
  };
}

/** @throws {Refusal} `vault.locked`, also for a box of another sheet or field */
export function openValue(
  vault: Vault,
  no: string,
  field: CallerField,
  box: Buffer,
): { readonly salt: string; readonly value: string } {
  const text = vault.open(box, placeOf(no, field));
  return { salt: text.slice(0, saltLength), value: text.slice(saltLength) };
}

/** Hexadecimal digits. */
const saltLength = 32;

export const placeOf = (no: string, field: CallerField): string => `caller ${no} ${field}`;

/**
 * Normal form for comparing contacts: digits of a telephone number without China's code; otherwise lower case without
 * spaces. Undefined if too short to identify anybody.
 */
export function contactKey(contact: string): string | undefined {
  const plain = contact.normalize('NFKC').replaceAll(/\s/g, '');
  const digits = plain.replaceAll(/[-()./·]/g, '');
  const key = /^\+?\d+$/.test(digits)
    ? digits.replace(/^(?:\+|00)?86(?=1\d{10}$)/, '').replace(/^\+/, '')
    : plain.toLowerCase();
  return key.length < shortestKey ? undefined : key;
}

const shortestKey = 6;

/** Whether the text is a telephone number or an e-mail address and nothing else. */
export const looksLikeContact = (text: string): boolean =>
  /^\+?[\d\s()-]{7,20}$|^\S+@\S+\.\S+$/.test(text.normalize('NFKC').trim());

/** Keyed hash for matching sheets of the same caller. */
export function matchOf(vault: Vault, contact: string): Buffer | undefined {
  const key = contactKey(contact);
  return key === undefined ? undefined : vault.match(`caller contact ${key}`);
}

/** Masks the data so that they can be recognised but identify nobody: surname, last digits, no address. */
export function masked(caller: Caller): Caller {
  return {
    name: caller.name === null ? null : `${[...caller.name.trim()][0] ?? ''}*`,
    contact: caller.contact === null ? null : lastFour(caller.contact),
    address: caller.address === null ? null : '****',
  };
}

/** Hides the length; short contacts are hidden completely. */
function lastFour(contact: string): string {
  const characters = [...contact];
  return characters.length < 8 ? '****' : `****${characters.slice(-4).join('')}`;
}

export const callerOf = (
  sheet: Pick<WorkOrder, 'callerName' | 'callerContact' | 'callerAddress'>,
): Caller => ({
  name: sheet.callerName,
  contact: sheet.callerContact,
  address: sheet.callerAddress,
});
