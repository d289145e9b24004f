/** What a carrier takes, and where to. */
export interface Message {
  /** Stable across attempts, for deduplication. */
  readonly id: string;
  readonly title: string;
  readonly text: string;
  /** CloudEvent 1.0 as JSON. */
  readonly event: string;
  /** Attached where it goes by mail. */
  readonly file?: { readonly name: string; readonly type: string; readonly bytes: Buffer };
}

/** A way out of the house. */
export interface Way {
  readonly kind: 'email' | 'webhook';
  readonly address: string;
  /** Of a webhook; all sign: during a change the receiver may know either. */
  readonly secrets: readonly string[];
}

export const webhook = (address: string, ...secrets: string[]): Way => ({
  kind: 'webhook',
  address,
  secrets,
});
