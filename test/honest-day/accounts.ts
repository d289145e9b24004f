/** The administrators' day: people and sessions, other systems, notifications, auditors, keys, expiry. */
import { keeping } from './accounts-keeping.js';
import { notifications } from './accounts-notifications.js';
import { people } from './accounts-people.js';
import { sessions } from './accounts-sessions.js';
import { singleSignOn } from './accounts-single-sign-on.js';
import { subscriptions } from './accounts-subscriptions.js';
import { systems } from './accounts-systems.js';
import { trail } from './accounts-trail.js';
import type { Day } from './day.js';

export async function accounts(day: Day): Promise<void> {
  for (const story of [
    people,
    sessions,
    singleSignOn,
    systems,
    subscriptions,
    notifications,
    trail,
    keeping,
  ]) {
    await story(day);
    await day.work();
  }
}
