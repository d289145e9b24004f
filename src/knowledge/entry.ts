/** An entry of the knowledge base (Art 34): what a unit says about a matter, and by when it must look at it again. */

export interface KnowledgeText {
  /** The unit that answers for it (Art 13 (3)). */
  readonly unit: string;
  /** The kind of the tree that it is about, by code; null where it is about several. */
  readonly class: string | null;
  readonly title: string;
  readonly body: string;
  /** `YYYY-MM-DD` in Asia/Shanghai; the entry is out of date from the day after. */
  readonly reviewOn: string;
}

export interface KnowledgeEntry extends KnowledgeText {
  readonly id: number;
  readonly version: number;
  readonly state: 'valid' | 'withdrawn';
}

/** One act on an entry: what it then said, who did it and why. */
export interface KnowledgeVersion extends KnowledgeEntry {
  readonly writtenAt: Date;
  readonly writtenBy: string;
  readonly reason: string;
}
