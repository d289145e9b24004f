export { buildPublication, cityCount, type PublicationOrder } from './build.js';
export { personalDataIn, type KnownPersons } from './personal-data.js';
export { deedOf } from './steps.js';
export * from './status.js';
export { publicationTemplate } from './template.js';
