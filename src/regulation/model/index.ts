export { catalogueOf, standsIn, type Catalogue } from './catalogue.js';
export { overlaps, provisionLabel } from './provision-id.js';
