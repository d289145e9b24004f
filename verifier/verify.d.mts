/** For programs in TypeScript that check proofs with the verifier's own functions. */

/** SHA-256 without it; or `sm3` of `sm3.mjs`. */
type Hash = (...parts: readonly Uint8Array[]) => Uint8Array;
export function verifyInclusion(
  claim: {
    readonly index: number | bigint;
    readonly size: number | bigint;
    readonly leafHash: Uint8Array;
    readonly proof: readonly Uint8Array[];
    readonly root: Uint8Array;
  },
  hash?: Hash,
): boolean;

export function verifyConsistency(claim: {
  readonly size1: number | bigint;
  readonly size2: number | bigint;
  readonly root1: Uint8Array;
  readonly root2: Uint8Array;
  readonly proof: readonly Uint8Array[];
}): boolean;

export function growingTree(hash?: Hash): {
  readonly size: number;
  add(leafHash: Uint8Array): void;
  root(): Uint8Array;
};

/** @throws where the bundle is damaged as a whole; nothing in `findings`: all holds */
export function verifyBundle(
  bytes: Buffer,
  ownPolicy?: string,
): {
  readonly facts: string[];
  readonly findings: readonly { readonly attack: string; readonly message: string }[];
};

/** @throws where the bundle is damaged */
export function unzip(bytes: Buffer): Map<string, Buffer>;

/** The one form of a bundle's container. */
export function zip(files: ReadonlyMap<string, Buffer>): Buffer;
