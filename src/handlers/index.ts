export { createHandlers } from './registry.js';
