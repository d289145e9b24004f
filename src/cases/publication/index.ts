export { groundOfPublication, issuePublication, rulePublication, writeTypicalCases } from './act.js';
export { correctPublication, draftDuePublications } from './draft.js';
export { endMonths } from './ended-months.js';
export { renderPublication, type PublicationFormat } from './format/index.js';
