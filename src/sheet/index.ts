export * from './work-order.js';
export { createSheets } from './store/sheet-store.js';
export type { Sheets } from './store/sheet-store.js';
export { WorkOrderEntity } from './store/work-order-entity.js';
export * from './store/similar-sheets.js';
