/** Sealed texts as their rows have them. */
import { sealDigest, Refusal, type Vault } from '../../kernel/index.js';
import { sealedPlace } from '../trail/sealed-box.js';

/** In hexadecimal. */
const saltLength = 32;

export interface OpenedText {
  /** Without the salt; undefined if the box does not open at this place. */
  readonly text: string | undefined;
  /** SHA-256(salt ‖ text), hex. */
  readonly digest: string | undefined;
}

export function openText(vault: Vault, place: readonly [string, number, string], box: Buffer): OpenedText {
  try {
    const opened = vault.open(box, sealedPlace(...place));
    const [salt, text] = [opened.slice(0, saltLength), opened.slice(saltLength)];
    return { text, digest: sealDigest(salt, text) };
  } catch (error) {
    if (error instanceof Refusal && error.code === 'vault.locked')
      return { text: undefined, digest: undefined };
    throw error;
  }
}
