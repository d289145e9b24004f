/** The composition root: the only place that builds infrastructure and wires the parts together. */
import { join } from 'node:path';
import {
  createMarked,
  accountabilityEntities,
  createTrail,
  isUnsigned,
  readAnchors,
  signerSource,
  folded,
  readProjector,
  sealedTexts,
  type Projection,
  type Projector,
} from './accountability/index.js';
import { assessmentEntities, assessmentProjectors, factsProjection } from './measures/assessment/index.js';
import {
  attachmentLimits,
  attachmentProjector,
  createAttachmentKeeper,
  diskFiles,
  s3Files,
  s3Settings,
  scannerAt,
  type AttachmentFiles,
} from './sheet/attachment/index.js';
import { createCalendarKeeper, createDueDates } from './calendar/index.js';
import {
  mailboxJob,
  mailboxSettings,
  sourceProjector,
  sourceVaultTables,
  upstreamProjector,
  type MailboxSettings,
} from './channel/index.js';
import {
  messageProjector,
  messageSender,
  readOccasions,
  templateProjector,
} from './channel/message/index.js';
import {
  checkpointSender,
  createOutbox,
  letterSender,
  outboxVaultTable,
  outgoingSettings,
  type Outbox,
} from './channel/outbox/index.js';
import {
  applyingJob,
  assignmentProjector,
  callerActProjector,
  casesProjection,
  comparisonJob,
  definitionProjector,
  emergencyProjector,
  incidentProjector,
  noticeProjector,
  textTemplateProjector,
  carryingJob,
  receivingWhole,
  composingJob,
  mailedReceipts,
  dailyAudit,
  dailyKnowledge,
  dailyRadar,
  dailyRetention,
  filingSettings,
  exportFiles,
  exportingJob,
  endedJob,
  handBackSender,
  remindingJob,
  remindingOfAims,
  upstreamLimitOf,
  queueHandingBack,
  queueMessages,
  recomputationWorker,
  standInsOf,
  unitOfRole,
  sweepingJob,
} from './cases/index.js';
import {
  createClockWatch,
  createDefinitionStore,
  createExecutor,
  observedExecutor,
  tokenRuntime,
  type Placing,
} from './engine/index.js';
import {
  dailyReadiness,
  governanceEntities,
  governancePorts,
  migratingJob,
  triallingJob,
} from './design/governance/index.js';
import { createHandlers, recusedUnits, unitsOf } from './handlers/index.js';
import {
  createIdentity,
  createVault,
  identityEntities,
  keyFileOf,
  oidcSettings,
  openKeyRing,
  personProjector,
  roleProjector,
  totpVaultTable,
  unitProjector,
  type Vault,
} from './identity/index.js';
import type { HttpParts } from './http/index.js';
import {
  classificationEntities,
  createClassTrees,
  createMeaning,
  createSuggester,
  otherChannelsProjector,
  readForeignWords,
  sheetClassProjector,
  treeProjector,
} from './sheet/classification/index.js';
import { createThrottledLog, Refusal, silentLog, type Clock, type Log } from './kernel/index.js';
import {
  announcer,
  createSubscriptions,
  noticeSender,
  eventSender,
  channelVaultTable,
  notificationEntities,
  readRules,
  subscriptionProjector,
  wayProjector,
  announcementJob,
} from './channel/notification/index.js';
import { databaseSettings, openDatabase, type Database } from './platform/database/index.js';
import {
  createPolicyKeeper,
  policyEntities,
  proposalProjector,
  rulingProjector,
} from './law/policy/index.js';
import { createChanges } from './engine/change-feed/index.js';
import {
  assertOwnCity,
  createCatalogues,
  createLawKeeper,
  dutiesProjection,
  regulationEntities,
  textProjector,
  versionProjector,
  type LawKeeper,
  type Catalogues,
} from './law/regulation/index.js';
import { boundaryProjector, districtEntities } from './sheet/districts/index.js';
import { radarProjectors } from './measures/radar/index.js';
import { knowledgeEntities, knowledgeProjectors } from './sheet/knowledge/index.js';
import { logCheckJob, logDroppingJob, uploadedLogVaultTable } from './takeover/index.js';
import { warningEntities, warningProjectors } from './measures/warning/index.js';
import {
  callerProjector,
  createSheets,
  keptWithSheet,
  mergeProjector,
  wordsProjector,
} from './sheet/index.js';
import { createMetrics } from './platform/telemetry/index.js';

export interface System extends HttpParts {
  /** Rows that verification compares with the trail. */
  readonly projections: readonly Projection[];
  readonly lawKeeper: LawKeeper;
  /** The mayor's mailbox; undefined if none is configured. */
  readonly mailbox: MailboxSettings | undefined;
  /** Sends messages to receivers outside, and handles mails that bounce. */
  readonly outbox: Outbox;
  close(): Promise<void>;
}

export interface SystemOptions {
  readonly clock: Clock;
  readonly applicationName: string;
  /** Default: nothing is logged. */
  readonly log?: Log;
  /** The operator's own PostgreSQL; default: the embedded one. */
  readonly url?: string;
  /** Folder of the keys and, by default, of the embedded PostgreSQL's data. */
  readonly directory?: string;
  /** Folder of the embedded PostgreSQL's data; default: `directory`. */
  readonly postgres?: string;
  /** Default: `hotline`. */
  readonly schema?: string;
  /** Refuses a database without the system's data instead of creating it. */
  readonly existing?: boolean;
}

/** @throws {Refusal} if the database cannot be reached, started or migrated, or is another city's */
export async function openSystem(options: SystemOptions): Promise<System> {
  const { log = silentLog } = options;
  const database = await openDatabase({
    applicationName: options.applicationName,
    entities,
    onConnectionLost: createThrottledLog(log, options.clock)('数据库连接中断，已另建'),
    ...(options.url === undefined ? {} : { url: options.url }),
    ...(options.schema === undefined ? {} : { schema: options.schema }),
    ...(options.directory === undefined ? {} : { directory: options.directory }),
    ...(options.postgres === undefined ? {} : { postgres: options.postgres }),
    ...(options.existing === undefined ? {} : { existing: options.existing }),
  });
  try {
    await assertOwnCity(database);
    const directory = options.directory ?? databaseSettings().directory;
    const ring = await openKeyRing(database, keyFileOf(directory));
    const vault = createVault(ring);
    const premises = premisesOf(database, directory);
    return { ...assemble(database, options.clock, vault, premises, log), close: () => database.close() };
  } catch (error) {
    await database.close();
    throw error;
  }
}

/** All tables that modules read and write by TypeORM. */
export const entities = [
  ...accountabilityEntities,
  ...assessmentEntities,
  ...classificationEntities,
  ...districtEntities,
  ...governanceEntities,
  ...identityEntities,
  ...knowledgeEntities,
  ...notificationEntities,
  ...policyEntities,
  ...regulationEntities,
  ...warningEntities,
];

/** Rows that are folded from the trail, each table by its one projector. */
export const projectors: readonly Projector[] = [
  wordsProjector,
  attachmentProjector,
  assignmentProjector,
  mergeProjector,
  sheetClassProjector,
  callerActProjector,
  emergencyProjector,
  upstreamProjector,
  messageProjector,
  incidentProjector,
  readProjector,
  noticeProjector,
  definitionProjector,
  unitProjector,
  personProjector,
  roleProjector,
  proposalProjector,
  rulingProjector,
  versionProjector,
  textProjector,
  treeProjector,
  otherChannelsProjector,
  boundaryProjector,
  ...knowledgeProjectors,
  textTemplateProjector,
  templateProjector,
  sourceProjector,
  wayProjector,
  subscriptionProjector,
  ...assessmentProjectors,
  ...radarProjectors,
  ...warningProjectors,
];

/** With the rows that follow from a whole case, not from an entry. */
const projectionsOf = (placing: Placing, catalogues: Catalogues, vault: Vault): readonly Projection[] => [
  casesProjection(placing),
  dutiesProjection(catalogues),
  factsProjection(catalogues),
  sealedTexts(vault, keptWithSheet),
  ...[...projectors, callerProjector(vault)].map(folded),
];

/** Tables with encrypted columns, in addition to those that the room `cases` knows. */
export const vaultTables = [
  channelVaultTable,
  totpVaultTable,
  ...sourceVaultTables,
  outboxVaultTable,
  uploadedLogVaultTable,
];

/** Parts of the machine that the program uses in addition to the database. */
export interface Premises extends Pick<System, 'signer' | 'exportFiles'> {
  readonly attachmentFiles: AttachmentFiles;
  /** Folder for files that are being received. */
  readonly aside: string;
  /** Time for the second opinion on a draft, in milliseconds; 2 minutes if left out. */
  readonly mostOnBothEngines?: number;
  /** Walks of a trial; default: the usual number. */
  readonly mostWalks?: number;
}

/**
 * @param directory the data directory; several machines that work one queue share `HOTLINE_EXPORTS` and
 *   `HOTLINE_ATTACHMENTS`
 */
const premisesOf = (database: Database, directory: string): Premises => ({
  signer: signerSource(directory, process.env, isUnsigned(database)),
  exportFiles: exportFiles(process.env.HOTLINE_EXPORTS?.trim() || join(directory, 'exports')),
  attachmentFiles: attachmentFilesIn(directory),
  aside: join(directory, 'receiving'),
});

function attachmentFilesIn(directory: string): AttachmentFiles {
  const folder = process.env.HOTLINE_ATTACHMENTS?.trim();
  const s3 = s3Settings();
  if (s3 && folder) {
    throw new Refusal('usage.invalid', 'HOTLINE_ATTACHMENTS 和 HOTLINE_ATTACHMENT_S3 只能设一个', {
      remedy: '附件只放在一处：去掉其中一个',
    });
  }
  return s3 ? s3Files(s3, join(directory, 'receiving')) : diskFiles(folder || join(directory, 'attachments'));
}

/** Builds the system's parts around an open database. */
export function assemble(
  database: Database,
  clock: Clock,
  vault: Vault,
  { attachmentFiles, aside, mostOnBothEngines, mostWalks, ...premises }: Premises,
  log: Log = silentLog,
): Omit<System, 'close'> {
  const metrics = createMetrics();
  const calendar = createCalendarKeeper(clock);
  const lawKeeper = createLawKeeper(clock);
  const { laws } = lawKeeper;
  const catalogues = createCatalogues(laws);
  const classTrees = createClassTrees();
  const definitions = createDefinitionStore({ database, clock, laws });
  const handlers = createHandlers();
  const policies = createPolicyKeeper(clock);
  const trail = createTrail(vault, laws);
  const changes = createChanges(database);
  const identity = createIdentity({ clock, database, journal: trail, laws, vault, oidc: oidcSettings() });
  const bare = createExecutor({
    database,
    definitions,
    dueDates: createDueDates({ calendar: calendar.current }),
    handlers,
    laws,
    policies,
    partiesOf: unitsOf,
    barredFrom: recusedUnits,
    outerLimitOf: upstreamLimitOf,
    standInsOf: standInsOf(identity.rules.standIns),
    unitOfRole: unitOfRole(identity.rules.standIns),
    journal: changes.watching(trail),
    runtime: tokenRuntime,
    clock,
    refresh: async (transaction) => {
      await calendar.refresh(transaction);
      await policies.refresh(transaction);
    },
    hold: calendar.hold,
    announce: announcer(trail),
  });
  const executor = observedExecutor(bare, metrics);
  const outgoing = outgoingSettings();
  const parts = {
    ...premises,
    anchors: () => readAnchors(letterSender({ outgoing, vault }), () => clock.now(), laws),
    attachments: createAttachmentKeeper({
      files: attachmentFiles,
      aside,
      limits: attachmentLimits(),
      log,
      scanner: scannerAt(process.env.HOTLINE_CLAMD, log),
    }),
    calendar,
    catalogues,
    changes,
    classTrees,
    clock,
    clockWatch: createClockWatch({ database, clock }),
    projections: projectionsOf(
      { laws, partiesOf: unitsOf, outerLimitOf: upstreamLimitOf, barredFrom: recusedUnits },
      catalogues,
      vault,
    ),
    database,
    definitions,
    filing: filingSettings(),
    executor,
    handlers,
    governance: governancePorts({
      calendar,
      catalogues,
      classTrees,
      clock,
      database,
      handlers,
      identity,
      laws,
      policies,
    }),
    identity,
    lawKeeper,
    laws,
    log,
    mailbox: mailboxSettings(),
    marked: createMarked({ database, clock }),
    meaning: createMeaning(readForeignWords()),
    metrics,
    notificationRules: readRules(),
    occasions: readOccasions(),
    policies,
    outgoing,
    sheets: createSheets(vault),
    subscriptions: createSubscriptions({ database, trail, clock, outgoing, vault }),
    suggester: createSuggester({ database, clock }),
    trail,
    units: identity.units,
    vault,
  };
  const publicUrl = process.env.HOTLINE_PUBLIC_URL?.trim() || undefined;
  const senders = [
    noticeSender(parts),
    eventSender(parts),
    messageSender({ ...parts, receiptFor: mailedReceipts(parts, publicUrl) }),
    handBackSender(parts),
    checkpointSender(parts),
  ];
  const outbox = createOutbox(parts, senders);
  const jobs = [
    ...senders.map(({ job }) => job),
    recomputationWorker(parts),
    announcementJob({
      ...parts,
      rules: parts.notificationRules,
      bodies: identity.rules.standIns,
      standInsOf: standInsOf(identity.rules.standIns),
      boundBy: (above) => identity.rules.boundBy(above),
      tellCallers: async (transaction, entries) => {
        await queueMessages(parts.occasions)(transaction, entries);
        await queueHandingBack(transaction, entries);
      },
    }),
    carryingJob(parts),
    composingJob({ ...parts, publicUrl }),
    endedJob(parts),
    remindingJob(parts),
    remindingOfAims(parts),
    dailyAudit(parts),
    dailyRetention(parts),
    dailyKnowledge(parts),
    dailyReadiness(parts),
    dailyRadar(parts),
    migratingJob(parts),
    applyingJob(parts),
    comparisonJob(parts),
    triallingJob({ ...parts, ...parts.governance, mostOnBothEngines, mostWalks }),
    exportingJob(parts),
    sweepingJob(parts),
    logCheckJob(parts),
    logDroppingJob(parts),
    mailboxJob({ ...parts, ...receivingWhole(parts), outbox }),
  ];
  return { ...parts, jobs, outbox };
}
