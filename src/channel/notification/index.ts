export { announcer, announcementJob } from './announce.js';
export { addToInboxes } from './inboxes.js';
export { holdersOf } from './notices.js';
export { openTasksOf, unitsOf } from './store/case-unit.js';
export { announceWarning } from './warn.js';
export { announceCallerAct, announceEmergency, announceUpstreamLimit } from './acts.js';
export type { NotificationRules } from './rules.js';
export { addChannel, endChannel, testChannel } from './channels.js';
export { noticeSender } from './deliver.js';
export { testMessage } from './message.js';
export { eventTitles, eventTypes, partOfEvent } from './event-types/index.js';
export { eventsSince } from './event-feed.js';
export { eventSender } from './send-event.js';
export { parseRecipient } from './recipient.js';
export { readRules } from './rules.js';
import { channelEntity } from './store/channel-store.js';
import { subscriptionEntity } from './store/subscription-store.js';

export const notificationEntities = [channelEntity, subscriptionEntity];
export { channelVaultTable, listChannels, type Channel } from './store/channel-store.js';
export { subscriptionProjector, wayProjector } from './projectors.js';
export { failureDays } from './subscription-health.js';
export { createSubscriptions, type Subscriptions } from './subscriptions.js';
export {
  countInbox,
  expiringInboxes,
  markManyRead,
  markRead,
  readInbox,
  unreadByTitle,
  type Notification,
} from './store/notification-store.js';
