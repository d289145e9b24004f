export { checkGivenReceipt, type CheckedReceipt } from './check.js';
export { giveReceipt, type GivenReceipt } from './give.js';
export { mailedReceipts } from './mail.js';
