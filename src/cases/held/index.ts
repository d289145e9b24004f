/** All tables that are held against the trail, as verification needs them. */
import type { Comparison } from '../../accountability/index.js';
import type { Placing } from '../../engine/index.js';
import type { Vault } from '../../kernel/index.js';
import type { Catalogues } from '../../law/regulation/index.js';
import { assessmentActsHeld } from './assessment-acts.js';
import { assignmentsHeld } from './assignments.js';
import { attachmentsHeld } from './attachments.js';
import { callerActsHeld, classesHeld, emergenciesHeld, messagesHeld, superiorsHeld } from './case-rows.js';
import { mergesHeld } from './merges.js';
import { noticesHeld } from './notices.js';
import { casesHeld } from './cases.js';
import { definitionsHeld } from './definitions.js';
import { dutiesHeld } from './duties.js';
import { factsHeld } from './facts.js';
import { boundariesHeld, officialTextsHeld, treesHeld } from './loaded.js';
import { peopleHeld } from './people.js';
import { policiesHeld } from './policies.js';
import { radarHeld } from './radar.js';
import { incidentsHeld } from './incidents.js';
import { readsHeld } from './reads.js';
import { knowledgeHeld, otherChannelsHeld, templatesHeld } from './settings.js';
import { sourcesHeld } from './sources.js';
import { textTemplatesHeld } from './text-templates.js';
import { textsHeld } from './texts.js';
import { versionsHeld } from './versions.js';
import { warningsHeld } from './warnings.js';
import { waysHeld } from './ways.js';
import { wordsHeld } from './words.js';

export const tablesHeld = (placing: Placing, catalogues: Catalogues, vault: Vault): readonly Comparison[] => [
  wordsHeld,
  casesHeld(placing),
  dutiesHeld(catalogues),
  attachmentsHeld,
  assignmentsHeld,
  mergesHeld,
  noticesHeld,
  peopleHeld,
  definitionsHeld,
  policiesHeld,
  radarHeld,
  versionsHeld,
  incidentsHeld,
  textsHeld(vault),
  readsHeld,
  otherChannelsHeld,
  knowledgeHeld,
  templatesHeld,
  factsHeld(catalogues),
  assessmentActsHeld,
  warningsHeld,
  callerActsHeld,
  classesHeld,
  emergenciesHeld,
  superiorsHeld,
  messagesHeld,
  sourcesHeld,
  waysHeld,
  textTemplatesHeld,
  officialTextsHeld,
  treesHeld,
  boundariesHeld,
];
