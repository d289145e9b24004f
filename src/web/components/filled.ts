/** Drops empty fields of a query. */
export const onlyFilled = <Key extends string>(typed: {
  readonly [key in Key]: string;
}): { readonly [key in Key]?: string } =>
  Object.fromEntries(Object.entries<string>(typed).filter(([, value]) => value.trim() !== '')) as {
    readonly [key in Key]?: string;
  };
