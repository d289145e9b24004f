/** Article labels of anything that names provisions, each once. */
export const labelsOf = (norms: readonly { readonly label: string }[]): string =>
  [...new Set(norms.map(({ label }) => label))].join('、');
