/** Handles a screen whose files could not be fetched: the network is down, or the program has been updated. */
import { readonly, ref } from 'vue';
import { ours } from './base-path.js';
import type { Router } from 'vue-router';

const lost = ref<string>();
export const lostPage = readonly(lost);

const unfetched = /dynamically imported module|Importing a module script|Unable to preload/i;

export function noteLostPages(router: Router): void {
  router.onError((error: unknown, to) => {
    if (error instanceof Error && unfetched.test(error.message)) lost.value = to.fullPath;
  });
  router.afterEach((_to, _from, failure) => {
    if (!failure) lost.value = undefined;
  });
}

/** A browser may cache that a file failed, so the page is reloaded, unless the program still cannot be reached. */
export async function fetchLostPage(): Promise<void> {
  const to = lost.value;
  if (to === undefined) return;
  const there = await fetch(ours('/api/session'), { cache: 'no-store' }).then(
    ({ ok }) => ok,
    () => false,
  );
  if (there) location.assign(ours(to));
}
