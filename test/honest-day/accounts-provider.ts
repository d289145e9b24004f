/** The tests' provider as a separate program whose clock the parent sets, because it dates what it signs. */
import type { startProvider as Start } from '../support/identity-provider.js';

export type Told = { readonly now: number } | { readonly admit: string };

let now = Date.now();
Date.now = () => now;
const { startProvider } = (await import('../support/identity-provider.js')) as {
  startProvider: typeof Start;
};
const provider = await startProvider();
process.on('message', (told: Told) => {
  if ('now' in told) now = told.now;
  else provider.admit(told.admit);
  process.send?.({});
});
process.on('disconnect', () => process.exit());
process.send?.({ issuer: provider.issuer });
