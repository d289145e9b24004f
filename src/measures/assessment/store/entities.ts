import { exclusionEntity, exclusionRulingEntity } from './exclusion-store.js';
import { methodProposalEntity, methodRulingEntity } from './method-store.js';
import { publicationActEntity, publicationEntity } from './publication-store.js';

export const assessmentEntities = [
  exclusionEntity,
  exclusionRulingEntity,
  methodProposalEntity,
  methodRulingEntity,
  publicationActEntity,
  publicationEntity,
];
