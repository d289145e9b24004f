export { measureKeys, measures, type Count, type MeasureKey } from './measures.js';
export {
  line,
  methodContentOf,
  methodContentSchema,
  type Indicator,
  type MethodContent,
} from './method-content.js';
export {
  publicationContentSchema,
  publicationKinds,
  type PublicationContent,
  type PublicationKind,
  type TypicalCase,
} from './publication-content.js';
