/** A deed with the facts that it must have; a list is any of its values. */
export interface Act {
  readonly deed: string;
  readonly facts?: { readonly [fact: string]: Value | readonly Value[] };
}
type Value = string | number | boolean;

export interface Norm {
  readonly id: string;
  readonly modality?: string;
  readonly exceptionOf?: readonly string[];
  readonly when?: Act;
  readonly from?: 'deed' | 'start';
  readonly duty?: {
    readonly subject: string;
    readonly opens: readonly Act[];
    readonly clock?: string;
    readonly owedByHolder?: boolean;
    readonly discharged?: readonly (readonly Act[])[];
    readonly waived?: readonly { readonly deed: string; readonly by: string; readonly when: Act }[];
    readonly void?: readonly Act[];
    readonly broken?: readonly Act[];
    readonly madeGood?: readonly { readonly by: string; readonly when: Act; readonly of?: 'broken' }[];
  };
}

/** One version of the law, as its package's JSON says it. */
export interface DutyLaw {
  readonly norms: readonly Norm[];
  readonly words: {
    readonly holders: readonly { readonly when: Act; readonly kind: string; readonly named?: string }[];
    readonly subjects: readonly {
      readonly key: string;
      readonly identity: 'case' | 'unit' | 'instance' | 'each';
    }[];
    readonly clocks: readonly { readonly key: string }[];
    readonly deeds: readonly {
      readonly name: string;
      readonly subject: string;
      readonly effect?: string;
      readonly facts?: { readonly [fact: string]: string };
    }[];
  };
}

/** An entry as the trail stores it; of its keys only those that docs/reference/entries.md names are read. */
export interface TrailEntry {
  readonly seq: number;
  readonly type: string;
  readonly at: string;
}

export interface OwedDuty {
  readonly norm: string;
  readonly subject: string;
  readonly instance: number | undefined;
  readonly round: number;
  /** The unit that owes it; null if no handling unit does. */
  readonly holder: string | null;
  readonly state: 'open' | 'satisfied' | 'temporarily-violated' | 'permanently-violated' | 'compensated';
  readonly opened: number;
  readonly openedAt: string;
  /** When it was done; null also where it ceased after its limit had passed. */
  readonly doneAt: string | null;
  readonly violatedAt: string | null;
  readonly due: string | null;
  readonly by: string | null;
  readonly waivedBy: string | null;
}

/** @param now what has run out by this instant counts as missed; without it only what an entry says */
export function dutiesOwed(law: DutyLaw, entries: readonly TrailEntry[], now?: string): OwedDuty[];
