/**
 * All migrations in order. One that was released is never changed: what is wrong is mended by the next. TypeORM sorts
 * by the last thirteen digits of a name: from 0010 on they are 90NN and nine zeros.
 */
import { Roles0001 } from './0001-roles.js';
import { Engine0002 } from './0002-engine.js';
import { Trail0003 } from './0003-trail.js';
import { Sheet0004 } from './0004-sheet.js';
import { Idempotency0005 } from './0005-idempotency.js';
import { Calendar0006 } from './0006-calendar.js';
import { Policies0007 } from './0007-policies.js';
import { Clocks0008 } from './0008-clocks.js';
import { Recomputation0009 } from './0009-recomputation.js';
import { Jobs0010 } from './0010-jobs.js';
import { Notification0011 } from './0011-notification.js';
import { JobKinds0012 } from './0012-job-kinds.js';
import { Identity0020 } from './0020-identity.js';
import { Intake0030 } from './0030-intake.js';
import { SimilarSheets0031 } from './0031-similar-sheets.js';
import { Knowledge0032 } from './0032-knowledge.js';
import { RowSecurity0040 } from './0040-row-security.js';
import { NearestLimit0041 } from './0041-nearest-limit.js';
import { CallerSecret0045 } from './0045-caller-secret.js';
import { Log0050 } from './0050-log.js';
import { Checkpoint0051 } from './0051-checkpoint.js';
import { SchemaStream0052 } from './0052-schema-stream.js';
import { Witnesses0053 } from './0053-witnesses.js';
import { Verification0054 } from './0054-verification.js';
import { TrailSearch0055 } from './0055-trail-search.js';
import { CallerVault0060 } from './0060-caller-vault.js';
import { Recusal0061 } from './0061-recusal.js';
import { ApiToken0062 } from './0062-api-token.js';
import { SingleSignOn0063 } from './0063-single-sign-on.js';
import { EventSubscription0064 } from './0064-event-subscription.js';
import { Lists0065 } from './0065-lists.js';
import { Search0066 } from './0066-search.js';
import { AssessmentFacts0070 } from './0070-assessment-facts.js';
import { AssessmentActs0071 } from './0071-assessment-acts.js';
import { LedLists0072 } from './0072-led-lists.js';
import { SearchByDay0073 } from './0073-search-by-day.js';
import { SubscriptionHealth0076 } from './0076-subscription-health.js';
import { SecondTree0080 } from './0080-second-tree.js';
import { Retention0081 } from './0081-retention.js';
import { TrailExport0085 } from './0085-trail-export.js';
import { Drafts0095 } from './0095-drafts.js';
import { InForceFrom0096 } from './0096-in-force-from.js';
import { Warnings0160 } from './0160-warnings.js';
import { KnowledgeLapse0162 } from './0162-knowledge-lapse.js';
import { MatterWeeks0163 } from './0163-matter-weeks.js';
import { DistrictBoundaries0161 } from './0161-district-boundaries.js';
import { CaseMigrations0097 } from './0097-case-migrations.js';
import { RegulationVersions0140 } from './0140-regulation-versions.js';
import { CaseDuties0141 } from './0141-case-duties.js';
import { RunningCases0110 } from './0110-running-cases.js';
import { BackChannelLogout0120 } from './0120-back-channel-logout.js';
import { Horizon0121 } from './0121-horizon.js';
import { Tally0100 } from './0100-tally.js';
import { DraftTrials0130 } from './0130-draft-trials.js';
import { Publication0150 } from './0150-publication.js';
import { SearchInWindows0101 } from './0101-search-in-windows.js';
import { RecentSimilar0102 } from './0102-recent-similar.js';
import { LedTally0107 } from './0107-led-tally.js';
import { SeenTally0103 } from './0103-seen-tally.js';
import { RegulationTexts0142 } from './0142-regulation-texts.js';
import { SheetsBehindANumber0151 } from './0151-sheets-behind-a-number.js';
import { SupervisedKnowledge0152 } from './0152-supervised-knowledge.js';
import { CaseParty0165 } from './0165-case-party.js';
import { LightEntries0167 } from './0167-light-entries.js';
import { CalendarEditions0200 } from './0200-calendar-editions.js';

export const migrations = [
  Roles0001,
  Engine0002,
  Trail0003,
  Sheet0004,
  Idempotency0005,
  Calendar0006,
  Policies0007,
  Clocks0008,
  Recomputation0009,
  Jobs0010,
  Notification0011,
  JobKinds0012,
  Identity0020,
  Intake0030,
  SimilarSheets0031,
  Knowledge0032,
  RowSecurity0040,
  NearestLimit0041,
  CallerSecret0045,
  Log0050,
  Checkpoint0051,
  SchemaStream0052,
  Witnesses0053,
  Verification0054,
  TrailSearch0055,
  CallerVault0060,
  Recusal0061,
  ApiToken0062,
  SingleSignOn0063,
  EventSubscription0064,
  Lists0065,
  Search0066,
  AssessmentFacts0070,
  AssessmentActs0071,
  LedLists0072,
  SearchByDay0073,
  SubscriptionHealth0076,
  SecondTree0080,
  Retention0081,
  TrailExport0085,
  Drafts0095,
  InForceFrom0096,
  CaseMigrations0097,
  RegulationVersions0140,
  CaseDuties0141,
  RunningCases0110,
  BackChannelLogout0120,
  Horizon0121,
  Tally0100,
  DraftTrials0130,
  Publication0150,
  SearchInWindows0101,
  RecentSimilar0102,
  SeenTally0103,
  RegulationTexts0142,
  Warnings0160,
  DistrictBoundaries0161,
  KnowledgeLapse0162,
  SheetsBehindANumber0151,
  LedTally0107,
  SupervisedKnowledge0152,
  MatterWeeks0163,
  CaseParty0165,
  LightEntries0167,
  CalendarEditions0200,
];
