/** What the radar knows of a sheet, and of acts in no sheet's trail. Texts and callers are compared, but not stored. */
import type { ActName } from './rules.js';

/** An entry of the trail. */
export interface Place {
  readonly stream: string;
  readonly seq: number;
}

export interface Step {
  readonly seq: number;
  /** The legal instant, and when it was recorded. */
  readonly at: Date;
  readonly recordedAt: Date;
  /** Actor in the trail; empty for the program itself. */
  readonly actor: string;
  /** The unit that had the sheet before this step; empty for none. */
  readonly unit: string;
  readonly does: ReadonlySet<ActName>;
  /** The unit to which it hands the sheet over. */
  readonly handedTo?: string;
  /** The nearest limit running at that moment. */
  readonly due?: Date;
  /** Set if the kind of the matter was changed. */
  readonly kind?: { readonly from: string; readonly to: string };
  /** Evidence of handling was attached. */
  readonly attached?: true;
  /** The sheet was merged into another. */
  readonly mergedInto?: string;
  /** Texts to the caller, normalised: equal if they differ only in digits, spaces and punctuation. */
  readonly text?: string;
}

export interface SheetFacts {
  readonly no: string;
  readonly receivedAt: Date;
  /** Empty if unknown. */
  readonly district: string;
  /** Code of the first level of its class, empty if it has none. */
  readonly area: string;
  readonly kind: string;
  /** Equal for sheets of one caller; undefined if the caller is unknown. */
  readonly caller?: string;
  readonly steps: readonly Step[];
}

/** Somebody looked at a caller's data. */
export interface Read extends Place {
  readonly at: Date;
  readonly actor: string;
  readonly sheet: string;
}

/** A decision on an application to exclude a fact from the assessment. */
export interface Exclusion extends Place {
  readonly actor: string;
  readonly unit: string;
  readonly sheet: string;
  readonly granted: boolean;
}
