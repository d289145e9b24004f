export { recusedUnits, unitsIn, unitsOf } from './recusal.js';
export { createHandlers } from './registry.js';
