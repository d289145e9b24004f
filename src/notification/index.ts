export { announcer, tellingJob } from './announce.js';
export { addChannel, endChannel, testChannel } from './channels.js';
export { deliveringJob } from './deliver.js';
export { parseRecipient } from './recipient.js';
export { readRules } from './rules.js';
export { outgoingSettings, type OutgoingSettings } from './settings.js';
export { listChannels, type Channel } from './store/channel-store.js';
export { markRead, readInbox, type Notification } from './store/notification-store.js';
