/** Selects entries. Conditions are combined by AND; none selects everything. */
export interface Selection {
  /** A stream's name, for example a work order's number. */
  readonly stream?: string;
  /** Any of these streams. */
  readonly streams?: readonly string[];
  readonly kind?: string;
  /** Every case that was ever assigned to this unit, with its whole trail. */
  readonly unit?: string;
  /** Acts of a person, by name in the trail or log-in name. */
  readonly person?: string;
  /** Legal instants from here, up to `to` (exclusive). */
  readonly from?: Date;
  readonly until?: Date;
  /** A provision's id, `artN` or `artN.pM.iK`. */
  readonly article?: string;
  readonly element?: string;
  /** Streams to leave out: cases that the reader may not see. */
  readonly without?: readonly string[];
  /** Only cases with accountability opened or a clue registered. */
  readonly accountability?: boolean;
}
