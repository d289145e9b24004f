export { buildPublication, cityCount } from './build.js';
export { personalDataIn, type KnownPersons } from './personal-data.js';
export { deedOf } from './steps.js';
export { standingOf, type PublicationAct, type PublicationStanding } from './standing.js';
export { publicationTemplate } from './template.js';
