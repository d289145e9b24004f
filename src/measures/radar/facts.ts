/** What the radar knows of a sheet, and of acts that are in no sheet's trail. Texts and callers are compared, not kept. */
import type { ActName } from './rules.js';

/** An entry of the trail. */
export interface Place {
  readonly stream: string;
  readonly seq: number;
}

export interface Step {
  readonly seq: number;
  /** The legal instant, and when it was written down. */
  readonly at: Date;
  readonly recordedAt: Date;
  /** As in the trail; empty for the program itself. */
  readonly actor: string;
  /** The unit that had the sheet before this step; empty for none. */
  readonly unit: string;
  readonly does: ReadonlySet<ActName>;
  /** To whom the sheet goes by it. */
  readonly handedTo?: string;
  /** The nearest limit that runs at that moment. */
  readonly due?: Date;
  /** The kind of the matter was changed. */
  readonly kind?: { readonly from: string; readonly to: string };
  /** Evidence of handling was attached. */
  readonly attached?: true;
  /** The sheet was merged into another. */
  readonly mergedInto?: string;
  /** Compares equal if the texts told to the caller are the same but for digits, spaces and punctuation. */
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
  /** Compares equal for sheets of one caller; undefined if nobody can tell. */
  readonly caller?: string;
  readonly steps: readonly Step[];
}

/** Somebody looked at a caller's data. */
export interface Read extends Place {
  readonly at: Date;
  readonly actor: string;
  readonly sheet: string;
}

/** A decision on an application not to count something in the assessment. */
export interface Exclusion extends Place {
  readonly actor: string;
  readonly unit: string;
  readonly sheet: string;
  readonly granted: boolean;
}
