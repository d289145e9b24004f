import type { HttpDeps } from '../deps.js';
import type { Handlers } from '../dispatch.js';
import { retentionView } from '../views/retention-view.js';

export const retentionHandlers = (deps: HttpDeps): Pick<Handlers, 'readRetention'> => ({
  readRetention: () => retentionView(deps),
});
