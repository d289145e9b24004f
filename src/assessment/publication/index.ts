export { buildPublication, cityCount, type MonthFigures } from './build.js';
export { personalDataIn, type KnownPersons, type PersonalFinding } from './personal-data.js';
export { standingOf, type PublicationAct, type PublicationStanding } from './standing.js';
export { publicationTemplate } from './template.js';
