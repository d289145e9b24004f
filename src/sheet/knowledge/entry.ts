/** A knowledge entry: a unit's text on a matter, with its review date. */

export interface KnowledgeText {
  /** The responsible unit. */
  readonly unit: string;
  /** Code of its class; null if it concerns several. */
  readonly class: string | null;
  readonly title: string;
  readonly body: string;
  /** `YYYY-MM-DD` in Asia/Shanghai; out of date from the next day. */
  readonly reviewOn: string;
  /** True: shown on the callers' page until its review date. */
  readonly forPublic: boolean;
}

export interface KnowledgeEntry extends KnowledgeText {
  readonly id: number;
  readonly version: number;
  readonly state: 'valid' | 'withdrawn';
}

/** One act on an entry: content, author, reason. */
export interface KnowledgeVersion extends KnowledgeEntry {
  readonly writtenAt: Date;
  readonly writtenBy: string;
  readonly reason: string;
}
