interface Begun {
  readonly type: string;
  readonly required: boolean;
  readonly presumed?: string | undefined;
  readonly options: readonly { readonly value: string }[];
}

/** With what a form begins a field: what is presumed, or the first of a choice that has to be made; empty for nothing. */
export const startOf = ({ type, required, presumed, options }: Begun): string =>
  presumed ?? (type === 'choice' && required ? (options[0]?.value ?? '') : '');
