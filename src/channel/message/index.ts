import { callerMessageVaultTable } from './store/message-store.js';

export const messageVaultTables = [callerMessageVaultTable];
export { readOccasions, type Occasion, type Occasions } from './occasions.js';
export { messageSendingJob, canReach, sendSoon, type ReceiptFor } from './send.js';
export {
  expiringCallerMessages,
  insertMessage,
  pendingMessages,
  sheetOfMessage,
  comparedMessages,
  messageTable,
} from './store/message-store.js';
export { fill, placeholders, placeholdersOf, secretPlaceholder, type Values } from './template.js';
export {
  changeTemplate,
  listTemplates,
  previewTemplate,
  templateOf,
  type EffectiveTemplate,
} from './templates.js';
export { comparedTemplates, templateTable } from './store/compared-templates.js';
