/** A file that belongs to a sheet. */
import type { MediaKind } from './media.js';

/** `matter`: the matter, as the caller sent it; `before`, `after`: the place before and after handling. */
export type Shows = 'matter' | 'before' | 'after';

export interface Attachment {
  readonly id: string;
  readonly workOrder: string;
  readonly shows: Shows;
  readonly kind: MediaKind;
  readonly mediaType: string;
  readonly name: string;
  readonly addedAt: Date;
  /** Null if the caller added it. */
  readonly addedBy: string | null;
  readonly receivedSha256: string;
  readonly receivedBytes: number;
  readonly keptSha256: string;
  readonly keptBytes: number;
  readonly thumbnailBytes: number | null;
  /** Encryption key of its file. */
  readonly key: Buffer;
}
