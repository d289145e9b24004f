/** What the panel may offer beyond the diagram itself: read from the program once. */
import type { CheckContext } from '../../../../compliance/index.js';

export interface Known {
  readonly handlers: readonly string[];
  readonly policies: readonly { readonly value: string; readonly label: string }[];
  readonly processes: readonly { readonly key: string; readonly name: string }[];
  readonly norms: readonly KnownNorm[];
  /** What the checks go by; not there while it is being read. */
  readonly context: CheckContext | undefined;
}

/** A duty of the catalogue, in the words of the screen. */
export interface KnownNorm {
  readonly id: string;
  /** `art24.p1`: where it stands, the first being the one that a link names. */
  readonly provision: string;
  readonly label: string;
  readonly says: string;
  readonly bearers: string;
  readonly modality: string;
  readonly deadline: string | null;
  /** What follows where it is not kept, each with its article. */
  readonly consequences: readonly string[];
  /** Answers that a form must ask for, required and kept as evidence. */
  readonly evidence: readonly string[];
  /** The law's own text, where it has been loaded. */
  readonly official: string | null;
}
