/** Which entries are asked for. All that is given must hold; nothing given is all entries. */
export interface Selection {
  /** One stream: a work order's number. */
  readonly stream?: string;
  /** Any of these. */
  readonly streams?: readonly string[];
  readonly kind?: string;
  /** The whole trail of every case that the unit was ever given. */
  readonly unit?: string;
  /** What somebody did: as the trail names them, or their log-in name. */
  readonly person?: string;
  /** Legal instants, the second not included. */
  readonly from?: Date;
  readonly until?: Date;
  /** A provision's id, `artN` or `artN.pM.iK`. */
  readonly article?: string;
  readonly element?: string;
  /** Only cases in which accountability was opened or a clue registered. */
  readonly accountability?: boolean;
}
