/** A small label on an element of a diagram. */
export interface Badge {
  readonly element: string;
  readonly text: string;
  readonly kind: 'tokens' | 'late' | 'flag';
}
