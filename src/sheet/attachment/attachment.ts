/** A file that belongs to a sheet. */
import type { MediaKind } from './media.js';

/** The matter, as the caller sent it; the place before and after it was dealt with. */
export type Shows = 'matter' | 'before' | 'after';

export interface Attachment {
  readonly id: string;
  readonly workOrder: string;
  readonly shows: Shows;
  readonly kind: MediaKind;
  readonly mediaType: string;
  readonly name: string;
  readonly addedAt: Date;
  /** Null: the caller. */
  readonly addedBy: string | null;
  readonly receivedSha256: string;
  readonly receivedBytes: number;
  readonly keptSha256: string;
  readonly keptBytes: number;
  readonly thumbnailBytes: number | null;
  /** Of its file. */
  readonly key: Buffer;
}
