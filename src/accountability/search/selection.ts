/** Selects entries. Conditions are combined by AND; none selects everything. */
export interface Selection {
  /** One stream: a work order's number. */
  readonly stream?: string;
  /** Any of these. */
  readonly streams?: readonly string[];
  readonly kind?: string;
  /** The whole trail of every case that the unit was ever assigned. */
  readonly unit?: string;
  /** Acts of a person, by name in the trail or log-in name. */
  readonly person?: string;
  /** Legal instants, the end excluded. */
  readonly from?: Date;
  readonly until?: Date;
  /** A provision's id, `artN` or `artN.pM.iK`. */
  readonly article?: string;
  readonly element?: string;
  /** None of these: cases that whoever asks may not see. */
  readonly without?: readonly string[];
  /** Only cases with accountability opened or a clue registered. */
  readonly accountability?: boolean;
}
