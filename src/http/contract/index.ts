/** Parts that the command line uses, too. They load no web server. */
export { newAdministrator } from './people.js';
export { operations } from './operations.js';
export { problem } from './problem.js';
export type { Operation } from './operation.js';
