/** A message for delivery. */
export interface Message {
  /** Stable across attempts, for deduplication. */
  readonly id: string;
  readonly title: string;
  readonly text: string;
  /** CloudEvent 1.0 as JSON. */
  readonly event: string;
  /** A file that is attached if the message goes by mail. */
  readonly file?: { readonly name: string; readonly type: string; readonly bytes: Buffer };
}

/** A delivery route: mail or webhook, with the address. */
export interface Way {
  readonly kind: 'email' | 'webhook';
  readonly address: string;
  /**
   * Secrets of a webhook. The message is signed with all of them, because during a change the
   * receiver may know either.
   */
  readonly secrets: readonly string[];
}

export const webhook = (address: string, ...secrets: string[]): Way => ({
  kind: 'webhook',
  address,
  secrets,
});
