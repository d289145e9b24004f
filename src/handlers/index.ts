export { recusedUnits, unitsOf } from './recusal.js';
export { createHandlers } from './registry.js';
