interface Begun {
  readonly type: string;
  readonly required: boolean;
  readonly presumed?: string | undefined;
  readonly options: readonly { readonly value: string }[];
}

/**
 * The initial value of a form field: the presumed answer, or the first option of a required choice;
 * otherwise empty.
 */
export const startOf = ({ type, required, presumed, options }: Begun): string =>
  presumed ?? (type === 'choice' && required ? (options[0]?.value ?? '') : '');
