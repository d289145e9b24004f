/** The caller's name, contact and address: how they are put into the vault, compared without being read, and shown. */
import { seal, type Seal, type Vault } from '../kernel/index.js';
import type { WorkOrder } from './work-order.js';

export const callerFields = ['name', 'contact', 'address'] as const;
export type CallerField = (typeof callerFields)[number];

/** As the sheet's first trail entry calls them. */
export const callerNames = {
  name: 'callerName',
  contact: 'callerContact',
  address: 'callerAddress',
} as const satisfies Record<CallerField, keyof WorkOrder>;

export type Caller = { readonly [Field in CallerField]: string | null };

/** One value as it is kept: its box, and what proves it without telling it. */
export interface KeptValue {
  readonly box: Buffer;
  readonly seal: Seal;
}

/** The salt lies in the box with the value: whoever erases the box leaves a digest that nobody can guess from. */
export function keepValue(vault: Vault, no: string, field: CallerField, text: string): KeptValue {
  const { salt, value, digest } = seal(callerNames[field], text);
  return {
    box: vault.seal(`${salt}${value}`, placeOf(no, field)),
    seal: { name: callerNames[field], salt, value: null, digest },
  };
}

/** @throws {Refusal} `vault.locked`, also for a box that was taken from another sheet or field */
export function openValue(
  vault: Vault,
  no: string,
  field: CallerField,
  box: Buffer,
): { readonly salt: string; readonly value: string } {
  const text = vault.open(box, placeOf(no, field));
  return { salt: text.slice(0, saltLength), value: text.slice(saltLength) };
}

/** In hexadecimal. */
const saltLength = 32;

export const placeOf = (no: string, field: CallerField): string => `caller ${no} ${field}`;

/**
 * By what two contacts are the same, whoever typed them: of a telephone number its digits without China's code, of
 * anything else its letters without blanks, in lower case. Undefined for what is too short to mean somebody.
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

/** Under a key of its own purpose: equal for one caller's sheets, and tells nothing without the key. */
export function matchOf(vault: Vault, contact: string): Buffer | undefined {
  const key = contactKey(contact);
  return key === undefined ? undefined : vault.match(`caller contact ${key}`);
}

/** Enough to recognise, not enough to find: the surname, the end of a number, of an address nothing. */
export function masked(caller: Caller): Caller {
  return {
    name: caller.name === null ? null : `${[...caller.name.trim()][0] ?? ''}*`,
    contact: caller.contact === null ? null : lastFour(caller.contact),
    address: caller.address === null ? null : '****',
  };
}

/** The number of stars tells nothing of the length; a contact of a few characters is not shown at all. */
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
