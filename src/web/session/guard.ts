/** Redirects to log-in without a session, and back afterwards. */
import { watch } from 'vue';
import type { Router } from 'vue-router';
import { call } from '../api/client.js';
import { firstScreen, isInCity } from './screens.js';
import { noteCall } from './call.js';
import { isSignedIn, keepSession, session } from './session.js';

export function guard(router: Router): void {
  router.beforeEach(async (to) => {
    if (to.path === '/intake' && noteCall(to.hash)) return { path: to.path, replace: true };
    if (!session.value) keepSession(await call('readSession').catch(() => unknownSession));
    if (to.name !== 'unknown' && !isInCity(to.path))
      return { name: 'unknown', params: { rest: to.path.slice(1) }, replace: true };
    if (to.meta['open'] === true) return true;
    if (isSignedIn.value) return to.path === '/' ? firstScreen() : true;
    return { path: '/sign-in', query: { to: to.fullPath } };
  });
  watch(isSignedIn, (is) => {
    const { meta, fullPath } = router.currentRoute.value;
    if (!is && meta['open'] !== true) void router.replace({ path: '/sign-in', query: { to: fullPath } });
  });
}

const unknownSession = {
  csrf: '',
  person: null,
  roles: [],
  duties: [],
  messages: [],
  units: [],
  languages: [],
  mustChangePassword: false,
  singleSignOn: false,
  secondFactor: false,
  authAt: null,
  recentUntil: null,
};
