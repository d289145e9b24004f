/** The work order sheet 工作流转单: caller and matter as recorded at acceptance. */
import type { Place } from './place.js';

/** Key of a channel that the package lists (`src/kernel/kinds.ts`). */
export type Channel = string;

/** Key of a kind of request that the package lists. */
export type Kind = string;

/** Languages of callers: Chinese, English, French, Russian, German. */
export const languages = ['zh', 'en', 'fr', 'ru', 'de'] as const;
export type Language = (typeof languages)[number];

export interface WorkOrder {
  /** The sheet's number, which is also the case's business key and its trail's stream. */
  readonly no: string;
  readonly realm: 'live' | 'replay';
  readonly externalNo: string | null;
  readonly channel: Channel;
  readonly kind: Kind;
  readonly title: string;
  readonly content: string;
  /** Name of the caller; stored apart and encrypted. */
  readonly callerName: string | null;
  readonly callerContact: string | null;
  readonly callerAddress: string | null;
  /** The caller may ask for a reply … */
  readonly replyWanted: boolean;
  /** … or ask that contact details be kept confidential. */
  readonly confidential: boolean;
  /** Language for answers to the caller. */
  readonly language: Language;
  /** Whether the caller wants messages about the matter's progress. */
  readonly messagesWanted: boolean;
  /** 属地: district of the matter; null if unknown. */
  readonly district: string | null;
  /** 事发地点; null if not known. */
  readonly place: Place | null;
  readonly receivedAt: Date;
}

/** A stored sheet. After the caller's erasure only the time of erasure remains. */
export interface KeptSheet extends WorkOrder {
  readonly callerErasedAt: Date | null;
  /** Salt of the digests of the words (`sealWords`). */
  readonly wordsSalt: string;
  /** Salt of the place's digest; null without a place, or after its erasure. */
  readonly placeSalt: string | null;
}

/** The sheet without the caller, for lists. */
export type SheetHead = Omit<WorkOrder, 'callerName' | 'callerContact' | 'callerAddress'>;
