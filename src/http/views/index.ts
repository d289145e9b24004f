/** What the command line shows, too. It loads no web server. */
export { policyDetailView, policyListView, proposalView } from './policy-view.js';
export { retentionView } from './retention-view.js';
