export {
  digestOf,
  issuePublication,
  rulePublication,
  writeTypicalCases,
  type PublicationDeps,
} from './act.js';
export { correctPublication, draftDuePublications } from './draft.js';
export { renderPublication, type PublicationFormat } from './format/index.js';
