/** A sealed text in the vault: salt and value in one box, bound to the entry and the field that it belongs to. */
import type { Vault } from '../../kernel/index.js';

export const sealedPlace = (stream: string, seq: number, name: string): string =>
  `sealed ${JSON.stringify([stream, seq, name])}`;

/** In hexadecimal. */
const saltLength = 32;

/** @throws {Refusal} `vault.locked` */
export const openSealed = (vault: Vault, place: string, box: Buffer): string =>
  vault.open(box, place).slice(saltLength);
