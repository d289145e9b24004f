/** The HTTP interface as one express application: API, pages, API documentation. */
import express, { type Application } from 'express';
import { basePath } from '../kernel/index.js';
import { findingsInChinese } from '../kernel/chinese-findings.js';
import { programVersion } from '../kernel/program-version.js';
import { createDefinitionReader } from '../cases/index.js';
import { largestMessage } from '../channel/index.js';
import type { HttpDeps } from './deps.js';
import { dispatch } from './dispatch.js';
import { createGate } from './gate.js';
import { tilesOrigin } from './map-tiles.js';
import { belowBasePath } from './middleware/below-base-path.js';
import { compressed } from './middleware/compressed.js';
import { observed } from './middleware/observed.js';
import { notFound, problemHandler, wellFormedUrl } from './middleware/problems.js';
import { requestId } from './middleware/request-id.js';
import { securityHeaders } from './middleware/security-headers.js';
import { accountHandlers } from './routes/account.js';
import { open311 } from './open311/router.js';
import { amendmentHandlers } from './routes/amendments.js';
import { assessmentHandlers } from './routes/assessment.js';
import { attachmentHandlers } from './routes/attachments.js';
import { callerFilingHandlers } from './routes/caller-filing.js';
import { calendarHandlers } from './routes/calendar.js';
import { caseMigrationHandlers } from './routes/case-migrations.js';
import { classificationHandlers } from './routes/classification.js';
import { callerMessageHandlers } from './routes/caller-messages.js';
import { channelSourceHandlers } from './routes/channel-sources.js';
import { emergencyHandlers } from './routes/emergencies.js';
import { upstreamHandlers } from './routes/upstream.js';
import { checkHandlers } from './routes/checks.js';
import { definitionHandlers } from './routes/definitions.js';
import { draftReviewHandlers } from './routes/draft-review.js';
import { draftTrialHandlers } from './routes/draft-trial.js';
import { draftHandlers } from './routes/drafts.js';
import { oldLogHandlers } from './routes/old-logs.js';
import { otherChannelHandlers } from './routes/other-channels.js';
import { packageDraftHandlers } from './routes/package-drafts.js';
import { peopleHandlers } from './routes/people.js';
import { assignmentHandlers } from './routes/assignment.js';
import { mergingHandlers } from './routes/merging.js';
import { correctionHandlers } from './routes/corrections.js';
import { incidentHandlers } from './routes/incidents.js';
import { interventionHandlers } from './routes/interventions.js';
import { intakeHandlers } from './routes/intake.js';
import { knowledgeHandlers } from './routes/knowledge.js';
import { startedCaseHandlers } from './routes/started-cases.js';
import { personalDataHandlers } from './routes/personal-data.js';
import { policyHandlers } from './routes/policies.js';
import { regulationHandlers } from './routes/regulation.js';
import { retentionHandlers } from './routes/retention.js';
import { accountabilityHandlers } from './routes/accountability.js';
import { boardHandlers } from './routes/board.js';
import { eventHandlers } from './routes/events.js';
import { jobHandlers } from './routes/jobs.js';
import { metricsHandlers } from './routes/metrics.js';
import { noteHandlers } from './routes/notes.js';
import { notificationHandlers } from './routes/notifications.js';
import { progressHandlers } from './routes/progress.js';
import { receiptHandlers } from './routes/receipts.js';
import { servePages } from './routes/pages.js';
import { publicationHandlers } from './routes/publications.js';
import { rehearsalHandlers } from './routes/rehearsals.js';
import { savedViewHandlers } from './routes/saved-views.js';
import { sessionHandlers } from './routes/session.js';
import { sheetEventHandlers } from './routes/sheet-events.js';
import { singleSignOnHandlers } from './routes/single-sign-on.js';
import { statusHandlers } from './routes/status.js';
import { subscriptionHandlers } from './routes/subscriptions.js';
import { systemHandlers } from './routes/systems.js';
import { taskHandlers } from './routes/tasks.js';
import { textTemplateHandlers } from './routes/text-templates.js';
import { trailExportHandlers } from './routes/trail-exports.js';
import { trailHandlers } from './routes/trail.js';
import { sharedDataHandlers } from './routes/shared-data.js';
import { radarHandlers } from './routes/radar.js';
import { warningHandlers } from './routes/warnings.js';
import { workOrderHandlers } from './routes/work-orders.js';
import { worklistExportHandlers } from './routes/worklist-export.js';
import { createSharing } from './sharing.js';
import { createCaseViews } from './views/case-view.js';

export function createApp(deps: HttpDeps): Application {
  findingsInChinese();
  const version = deps.version ?? programVersion();
  const reader = createDefinitionReader();
  const views = createCaseViews(deps, reader);
  const sharing = createSharing();
  const app = express();
  app.set('case sensitive routing', true);
  app.set('strict routing', true);
  app.disable('x-powered-by');
  if (deps.trustProxy !== undefined) app.set('trust proxy', deps.trustProxy);
  app.use(
    requestId,
    observed(deps),
    securityHeaders(deps.mapTiles ? [tilesOrigin(deps.mapTiles)] : []),
    compressed,
    wellFormedUrl,
    belowBasePath(basePath()),
  );
  const handlers = {
    ...sessionHandlers(deps),
    ...peopleHandlers(deps),
    ...accountHandlers(deps),
    ...workOrderHandlers(deps, views, sharing),
    ...attachmentHandlers(deps),
    ...taskHandlers(deps, views, sharing),
    ...classificationHandlers(deps),
    ...otherChannelHandlers(deps),
    ...correctionHandlers(deps, views, reader),
    ...assignmentHandlers(deps),
    ...savedViewHandlers(deps),
    ...textTemplateHandlers(deps),
    ...worklistExportHandlers(deps),
    ...mergingHandlers(deps),
    ...noteHandlers(deps, views),
    ...intakeHandlers(deps, views),
    ...knowledgeHandlers(deps, views),
    ...startedCaseHandlers(deps, views),
    ...definitionHandlers(deps, reader),
    ...draftHandlers(deps),
    ...draftReviewHandlers(deps),
    ...draftTrialHandlers(deps),
    ...caseMigrationHandlers(deps),
    ...incidentHandlers(deps),
    ...interventionHandlers(deps),
    ...rehearsalHandlers(deps),
    ...calendarHandlers(deps),
    ...personalDataHandlers(deps, views),
    ...policyHandlers(deps),
    ...regulationHandlers(deps),
    ...amendmentHandlers(deps),
    ...oldLogHandlers(deps),
    ...retentionHandlers(deps),
    ...progressHandlers(deps, reader),
    ...receiptHandlers(deps),
    ...callerFilingHandlers(deps),
    ...assessmentHandlers(deps),
    ...publicationHandlers(deps),
    ...warningHandlers(deps, sharing),
    ...radarHandlers(deps),
    ...sharedDataHandlers(deps, sharing),
    ...boardHandlers(deps, sharing),
    ...trailExportHandlers(deps),
    ...trailHandlers(deps, reader),
    ...accountabilityHandlers(deps),
    ...eventHandlers(deps),
    ...jobHandlers(deps),
    ...channelSourceHandlers(deps),
    ...emergencyHandlers(deps, views),
    ...upstreamHandlers(deps, views),
    ...callerMessageHandlers(deps),
    ...notificationHandlers(deps),
    ...metricsHandlers(deps),
    ...singleSignOnHandlers(deps),
    ...systemHandlers(deps),
    ...subscriptionHandlers(deps),
    ...sheetEventHandlers(deps),
    ...checkHandlers(deps),
    ...packageDraftHandlers(deps),
    ...statusHandlers(deps, sharing, version),
  };
  app.use(open311(deps));
  dispatch(app, handlers, createGate(deps), deps, ({ params }) =>
    largestMessage(deps, String(params['key'])),
  );
  servePages(app, deps.laws);
  app.use(notFound, problemHandler(deps.log));
  return app;
}
