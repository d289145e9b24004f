import { provisionFor } from '../../law/page-law.js';

/** Whether accountability for an unhandled matter needs a supervision order first. */
export const needsSupervision = (): boolean => provisionFor('not-handled-after-supervision') !== '';
