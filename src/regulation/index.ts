export { shippedCatalogue } from './shipped.js';
export * from './model/index.js';
