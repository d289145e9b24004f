/** What needs no schema to be read: a command that compares two diagrams starts without zod. */
export { provisionLabel } from '../provision-id.js';
export { relations } from '../words.js';
export { handlerTitles, preparationTitles } from './handlers.js';
