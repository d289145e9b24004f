/** Types for TypeScript programs that use the verifier's functions. */

/** Default SHA-256; or `sm3` of `sm3.mjs`. */
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

/** @throws if the bundle is damaged; without findings everything holds */
export function verifyBundle(
  bytes: Buffer,
  ownPolicy?: string,
): {
  readonly facts: string[];
  readonly findings: readonly { readonly attack: string; readonly message: string }[];
};

/** @throws if the bundle is damaged */
export function unzip(bytes: Buffer): Map<string, Buffer>;

export function zip(files: ReadonlyMap<string, Buffer>): Buffer;
