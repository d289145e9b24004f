import { provisionFor } from '../../law/page-law.js';

/** Whether accountability for what is not handled needs a supervision order first. */
export const needsSupervision = (): boolean => provisionFor('not-handled-after-supervision') !== '';
