/** Who signs the tree. A small interface, so that a certified module can take the place of a key in a file. */
import type { Algorithm } from './vkey.js';

export interface Signer {
  /** The log's name: the origin of its checkpoints. */
  readonly name: string;
  readonly algorithm: Exclude<Algorithm, 'cosignature'>;
  /** The public key as C2SP writes it: name+key id+base64(type ‖ key). */
  readonly vkey: string;
  /** First four bytes of a signature line. */
  readonly keyId: Buffer;
  sign(message: Buffer): Promise<Buffer>;
}

/** Who signs for this installation. */
export interface LogSigner extends Signer {
  /** Signs the second tree, of SM3, with SM2; without it there is none. */
  readonly second?: Signer | undefined;
}
