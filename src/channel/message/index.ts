export { readOccasions, type Occasion, type Occasions } from './occasions.js';
export { canReach, messageSender, putMessage, type ReceiptFor } from './send.js';
export { pendingMessages, sheetOfMessage } from './store/sent-messages.js';
export { fill, placeholders, placeholdersOf, secretPlaceholder, type Values } from './template.js';
export {
  changeTemplate,
  listTemplates,
  previewTemplate,
  templateOf,
  type EffectiveTemplate,
} from './templates.js';
export { messageProjector, templateProjector } from './projectors.js';
