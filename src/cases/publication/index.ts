export { groundOfPublication, issuePublication, rulePublication, writeTypicalCases } from './act.js';
export { correctPublication, draftDuePublications } from './draft.js';
export { endMonths } from './ended-months.js';
export { officialDocx, renderPublication, type PublicationFormat } from './format/index.js';
