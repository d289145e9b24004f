/** SHA-256 of the checked source, hex; it identifies the reports that belong to it. */
export async function digestOf(source: string | Uint8Array): Promise<string> {
  const bytes = typeof source === 'string' ? new TextEncoder().encode(source) : new Uint8Array(source);
  // `crypto.subtle` is missing on pages without HTTPS: reports then match no draft.
  const { subtle } = crypto as Partial<typeof crypto>;
  if (subtle === undefined) return '';
  const digest = new Uint8Array(await subtle.digest('SHA-256', bytes));
  return [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
