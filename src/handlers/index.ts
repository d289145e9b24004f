export { closedUnconfirmed } from './acceptance/judge-spot-closing.js';
export { mustWithdraw, recusedUnits, unitsOf, withdrawnAmong } from './recusal.js';
export { kindCorrected } from './handling/judge-withdrawal.js';
export { replyWishCorrected } from './handling/reply-wish-corrected.js';
export { drawnClock } from './declares.js';
export { createHandlers, producedByHandlers } from './registry.js';
