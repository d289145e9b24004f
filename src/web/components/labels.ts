/** Labels of the articles, without duplicates. */
export const labelsOf = (norms: readonly { readonly label: string }[]): string =>
  [...new Set(norms.map(({ label }) => label))].join('、');
