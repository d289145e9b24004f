/** Labels without schemas: a command that compares two diagrams then starts without zod. */
export { provisionLabel } from '../provision-id.js';
export { relations } from '../words.js';
export { handlerTitles, preparationTitles } from './handlers.js';
