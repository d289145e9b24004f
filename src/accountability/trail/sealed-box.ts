/** A sealed text: salt and value encrypted together, bound to its entry and field. */
import type { Vault } from '../../kernel/index.js';

export const sealedPlace = (stream: string, seq: number, name: string): string =>
  `sealed ${JSON.stringify([stream, seq, name])}`;

/** Length in hexadecimal digits. */
const saltLength = 32;

/** @throws {Refusal} `vault.locked` */
export const openSealed = (vault: Vault, place: string, box: Buffer): string =>
  vault.open(box, place).slice(saltLength);
