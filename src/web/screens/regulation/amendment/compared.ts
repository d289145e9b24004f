/** Filter of the listed cases: a norm, or a unit; neither: all. */
export interface Chosen {
  readonly norm?: string;
  readonly unit?: string;
}
