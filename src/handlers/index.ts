export type { PolicyValues } from './policies.js';
export { createHandlers } from './registry.js';
