/** What a carrier takes. */
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
