import { messageVaultTable } from './store/message-store.js';
import { sourceVaultTable } from './store/source-store.js';

export { mailboxJob, scheduleMailbox } from './mailbox/job.js';
export { mailboxSettings, type MailboxSettings } from './mailbox/settings.js';
export { assertMapping, filesIn, readMessage, titleOf, type Mapping } from './mapping.js';
export { parseBody } from './message-body.js';
export type { ChannelsDeps, TakingDeps } from './ports.js';
export { dismissPutAside, readPutAside, registerPutAside } from './put-aside.js';
export { largestMessage, receiveMessage } from './receive.js';
export { sourceOfApiKey, takeServiceRequest } from './service-requests.js';
export { addSource, changeSource, closeSource, renewSource } from './sources.js';
export { expiringMessages } from './store/message-store.js';
export { listServiceRequests, type ListedRequest } from './store/service-request-store.js';
export * from './store/upstream-store.js';
export { secretGiven, wayBack, withWayBack, type WayBack } from './store/origin-store.js';
export { setSourceOutgoing, testSourceOutgoing } from './outgoing.js';
export { hasApiKeys, listSources, type CountedSource } from './store/source-store.js';
export { sourceProjector, upstreamProjector } from './projectors.js';

export const sourceVaultTables = [sourceVaultTable, messageVaultTable];
