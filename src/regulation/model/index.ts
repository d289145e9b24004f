export { catalogueOf, standsIn, type Catalogue } from './catalogue.js';
export type { Norm } from './content.js';
export { articleIdOf, overlaps, provisionLabel } from './provision-id.js';
export { relations } from './words.js';
