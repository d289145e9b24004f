/** A signer of the tree. The interface is small, so that a certified module can replace a key file. */
import type { Algorithm } from './vkey.js';

export interface Signer {
  /** The log's name, the origin of its checkpoints. */
  readonly name: string;
  readonly algorithm: Exclude<Algorithm, 'cosignature'>;
  /** Public key in C2SP notation: name+key id+base64(type ‖ key). */
  readonly vkey: string;
  /** First four bytes of a signature line. */
  readonly keyId: Buffer;
  sign(message: Buffer): Promise<Buffer>;
}

/** The installation's signers. */
export interface LogSigner extends Signer {
  /** Signs the second tree with SM2; undefined if there is none. */
  readonly second?: Signer | undefined;
}
