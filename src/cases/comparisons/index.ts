/** All comparisons of tables with the trail, for verification. */
import type { Comparison } from '../../accountability/index.js';
import type { Placing } from '../../engine/index.js';
import type { Vault } from '../../kernel/index.js';
import type { Catalogues } from '../../law/regulation/index.js';
import { assessmentActsComparison } from './assessment-acts.js';
import { assignmentsComparison } from './assignments.js';
import { attachmentsComparison } from './attachments.js';
import {
  callerActsComparison,
  classesComparison,
  emergenciesComparison,
  messagesComparison,
  upstreamsComparison,
} from './case-rows.js';
import { mergesComparison } from './merges.js';
import { noticesComparison } from './notices.js';
import { casesComparison } from './cases.js';
import { definitionsComparison } from './definitions.js';
import { dutiesComparison } from './duties.js';
import { factsComparison } from './facts.js';
import { boundariesComparison, officialTextsComparison, treesComparison } from './loaded.js';
import { peopleComparison } from './people.js';
import { policiesComparison } from './policies.js';
import { radarComparison } from './radar.js';
import { incidentsComparison } from './incidents.js';
import { readsComparison } from './reads.js';
import { knowledgeComparison, otherChannelsComparison, templatesComparison } from './settings.js';
import { sourcesComparison } from './sources.js';
import { textTemplatesComparison } from './text-templates.js';
import { textsComparison } from './texts.js';
import { versionsComparison } from './versions.js';
import { warningsComparison } from './warnings.js';
import { waysComparison } from './ways.js';
import { wordsComparison } from './words.js';

export const tableComparisons = (
  placing: Placing,
  catalogues: Catalogues,
  vault: Vault,
): readonly Comparison[] => [
  wordsComparison,
  casesComparison(placing),
  dutiesComparison(catalogues),
  attachmentsComparison,
  assignmentsComparison,
  mergesComparison,
  noticesComparison,
  peopleComparison,
  definitionsComparison,
  policiesComparison,
  radarComparison,
  versionsComparison,
  incidentsComparison,
  textsComparison(vault),
  readsComparison,
  otherChannelsComparison,
  knowledgeComparison,
  templatesComparison,
  factsComparison(catalogues),
  assessmentActsComparison,
  warningsComparison,
  callerActsComparison,
  classesComparison,
  emergenciesComparison,
  upstreamsComparison,
  messagesComparison,
  sourcesComparison,
  waysComparison,
  textTemplatesComparison,
  officialTextsComparison,
  treesComparison,
  boundariesComparison,
];
