export { createApp } from './app.js';
export { createMetricsApp } from './metrics-app.js';
export { listen } from './server.js';
export type { Listening } from './server.js';
export { newAdministrator } from './contract/people.js';
export { policyDetailView, policyListView, proposalView } from './views/policy-view.js';
export { retentionView } from './views/retention-view.js';
