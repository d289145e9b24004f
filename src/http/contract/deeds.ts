/** What an act of the contract did, in a few words: the beginning of its summary. */
import type { Operation } from './operation.js';

export const deedsOf = (operations: {
  readonly [id: string]: Operation;
}): { readonly [id: string]: string } =>
  Object.fromEntries(
    Object.entries(operations)
      .filter(([, { method, quiet }]) => method !== 'get' && quiet !== true)
      .map(([id, { summary }]) => [
        id,
        summary.split(/[;:,(\u{ff08}\u{ff0c}\u{ff1a}\u{ff1b}]/u)[0] ?? summary,
      ]),
  );
