/** Opens sealed texts from their rows. */
import { sealDigest, Refusal, type Vault } from '../../kernel/index.js';
import { sealedPlace } from '../trail/sealed-box.js';

/** Length of the salt in hexadecimal digits. */
const saltLength = 32;

export interface OpenedText {
  /** The text without the salt; undefined if the box cannot be opened at this place. */
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
