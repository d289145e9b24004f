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
export function verifyBundle(bytes: Buffer, ownPolicy?: string, onProgress?: (part: number) => void): Checked;

interface Checked {
  readonly facts: string[];
  readonly findings: readonly { readonly attack: string; readonly message: string }[];
  readonly seen: Seen;
}

export function checked(check: () => Checked): {
  readonly holds: boolean;
  readonly verdict:
    | {
        readonly state: 'genuine' | 'not-genuine' | 'damaged';
        readonly complete: boolean;
        readonly vouched: boolean;
        readonly conclusion: string;
        readonly sentences: readonly string[];
        readonly next: readonly string[];
      }
    | undefined;
  readonly facts: readonly string[];
  readonly findings: readonly { readonly attack: string; readonly name: string; readonly detail: string }[];
};

/** What a check has looked at, see `verdict.mjs`. */
interface Seen {
  readonly what: string;
  readonly listed: { readonly at: string; readonly size: number; readonly after: number } | undefined;
  readonly vouchers: readonly { readonly name: string; readonly time: number; readonly size: number }[];
  readonly ownKeys: boolean;
  readonly size: number;
  readonly older?: number;
}

/** @throws if the bundle is damaged */
export function unzip(bytes: Buffer): Map<string, Buffer>;

export function zip(files: ReadonlyMap<string, Buffer>): Buffer;
