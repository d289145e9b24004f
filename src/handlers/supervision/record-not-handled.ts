import type { Handler } from '../../engine/index.js';

/**
 * Both orders expired and the matter is still not handled: the fact that Art 40 (2) requires. Writes
 * `supervisionResult`, `notHandledAfterSupervision` and `notHandledAt`.
 */
export const recordNotHandled: Handler = ({ now }) => ({
  variables: {
    supervisionResult: 'not-handled',
    supervisionGround: null,
    supervisionSince: null,
    notHandledAfterSupervision: true,
    notHandledAt: now.toISOString(),
  },
});
