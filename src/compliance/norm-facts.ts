/** What the checks read of a norm: a part of the catalogue's `Norm`. */
export interface NormFacts {
  readonly id: string;
  /** Stable ids of the provisions where it stands: `art24.p1`. */
  readonly provisions: readonly string[];
  /** The duty in our own words, Chinese. */
  readonly says: string;
  readonly bearers: readonly string[];
  readonly modality: 'shall' | 'may' | 'not' | 'consequence' | 'definition';
  readonly deadline: NormDeadline | null;
  /** Norms that do not apply where this one does. */
  readonly exceptionOf: readonly string[];
  /** False where the norm needs no element (budget, planning). */
  readonly enforceable: boolean;
  /** What an element must do with it so that the norm has its element; any one of these. */
  readonly coveredBy?: readonly string[];
  /** Form fields that prove it. */
  readonly evidence: { readonly fields: readonly string[] };
}

export type NormDeadline =
  | { readonly workingDays: number }
  | { readonly standard: string }
  | { readonly stated: 'reply' | 'statutory' };
