/** Which cases are listed: of a norm, or of a unit; none: all. */
export interface Chosen {
  readonly norm?: string;
  readonly unit?: string;
}
