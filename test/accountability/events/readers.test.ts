/**
 * Which readers tell which kinds of entry apart: of every kind it is said who heeds it, or that nobody does. The accessors
 * of `case-entries.ts` answer for every step alike, and every kind has a title; neither needs a row here.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { entryTypes, stepTypes, type EntryType } from '../../../src/accountability/events/index.js';
import { packageRoot } from '../../../src/kernel/package-root.js';

const accessors = 'accountability/events/case-entries.ts';
const facts = 'measures/assessment/facts.ts';
const mergedOnce = 'measures/assessment/merged.ts';
const knowledgeFacts = 'measures/assessment/knowledge-facts.ts';
const exclusions = 'measures/assessment/exclusions.ts';
const objections = 'cases/assessment/run.ts';
const affected = 'cases/calendar/affected.ts';
const cards = 'cases/calendar/fired-cards.ts';
const counts = 'cases/calendar/recompute.ts';
const consequences = 'cases/calendar/consequences.ts';
const performers = 'cases/tasks.ts';
const title = 'cases/trail/entry-title.ts';
const activity = 'cases/trail/words/activity.ts';
const things = 'cases/trail/things.ts';
const shippedPolicies = 'cases/trail/shipped-policies.ts';
const lastRun = 'cases/retention/read.ts';
const lastLook = 'measures/radar/run.ts';
const radarFacts = 'measures/radar/read-sheet.ts';
const radarReads = 'measures/radar/store/read-facts.ts';
const radarComparison = 'cases/comparisons/radar.ts';
const factsComparison = 'cases/comparisons/facts.ts';
const textsComparison = 'cases/comparisons/texts.ts';
const assessmentActsComparison = 'cases/comparisons/assessment-acts.ts';
const publicationAsRecorded = 'cases/publication/as-recorded.ts';
const warningsComparison = 'cases/comparisons/warnings.ts';
const caseRowsComparison = 'cases/comparisons/case-rows.ts';
const sourcesComparison = 'cases/comparisons/sources.ts';
const waysComparison = 'cases/comparisons/ways.ts';
const textTemplatesComparison = 'cases/comparisons/text-templates.ts';
const loadedComparison = 'cases/comparisons/loaded.ts';
const erasedReasons = 'accountability/store/compared-texts.ts';
const manifest = 'accountability/audit/audit.ts';
const auditStore = 'accountability/store/audit-store.ts';
const unaccounted = 'accountability/log/unaccounted.ts';
const rotation = 'accountability/log/rotation.ts';
const hands = 'cases/time-taken/hands.ts';
const receiptsIssued = 'accountability/receipt/issue.ts';
const receiptAlarms = 'cases/receipt/check.ts';
const onPaper = 'accountability/anchor/paper.ts';
const accounts = 'http/views/account-view.ts';
const rehearsed = 'http/views/rehearsal-view.ts';
const correction = 'cases/correction/correct-sheet.ts';
const keptRules = 'cases/correction/corrected-answers.ts';
const replaced = 'http/views/correction-view.ts';
const placed = 'http/views/place-view.ts';
const shown = 'web/screens/case/trail-entry.vue';
const proof = 'cases/personal-data/reveal-caller.ts';
const steps = 'http/views/trail-view.ts';
const announced = 'channel/notification/announce.ts';
const events = 'channel/notification/events.ts';
const notices = 'channel/notification/notices.ts';
const firedIndex = 'platform/database/schema/20-accountability.sql';
const acts = 'design/rehearsal/acts.ts';
const ownText = 'web/screens/case/own-text.ts';
const signing = 'cases/assignment/sign-task.ts';
const carrying = 'cases/merging/carry-to-member.ts';
const callersActs = 'cases/caller/acts.ts';
const progress = 'http/views/progress-view.ts';
const recorded = 'cases/attachment/read.ts';
const refusedFiles = 'cases/attachment/refused.ts';
const unitsAnswers = 'web/screens/case/answers-part.vue';
const notes = 'cases/notes/notes.ts';
const notesShown = 'http/views/note-view.ts';
const notesPart = 'web/screens/case/notes-part.vue';
const messages = 'http/routes/caller-messages.ts';
const comparedWords = 'cases/comparisons/words.ts';
const comparedPeople = 'cases/comparisons/people.ts';
const comparedPolicies = 'cases/comparisons/policies.ts';
const comparedVersions = 'cases/comparisons/versions.ts';
const comparedDefinitions = 'cases/comparisons/definitions.ts';
const executor = 'engine/executor.ts';
const diagramsKept = 'platform/database/schema/20-accountability.sql';
const versionsKept = 'law/regulation/store/version-store.ts';
const amendmentsRead = 'law/regulation/amendment/amendments.ts';
const lawsInTime = 'law/regulation/amendment/laws-in-time.ts';
const applying = 'cases/amendment/apply-to-running.ts';
const policiesKept = 'law/policy/store/policy-store.ts';
const comparedFiles = 'cases/comparisons/attachments.ts';
const comparedAssignments = 'cases/comparisons/assignments.ts';
const comparedMerges = 'cases/comparisons/merges.ts';
const comparedNotices = 'cases/comparisons/notices.ts';
const comparedDuties = 'cases/comparisons/duties.ts';
const comparedIncidents = 'cases/comparisons/incidents.ts';
const proposals = 'cases/intervention/proposals.ts';
const mendingWords = 'cases/intervention/in-words.ts';
const comparedReads = 'cases/comparisons/reads.ts';
const comparedSettings = 'cases/comparisons/settings.ts';
const interpreter = 'law/regulation/interpret.ts';
const archiving = 'takeover/camunda/archive.ts';
const archiveShown = 'takeover/camunda/show.ts';

const heeded = {
  'data.erased': [erasedReasons],
  'districts.loaded': [loadedComparison],
  'classification.imported': [loadedComparison],
  'regulation.text-loaded': [loadedComparison],
  'text-template.removed': [textTemplatesComparison],
  'text-template.saved': [textTemplatesComparison],
  'subscription.given-up': [waysComparison],
  'subscription.closed': [waysComparison],
  'subscription.changed': [waysComparison],
  'subscription.added': [waysComparison],
  'channel.ended': [waysComparison],
  'channel.added': [waysComparison],
  'source.closed': [sourcesComparison],
  'source.outgoing-set': [sourcesComparison],
  'source.secret-replaced': [sourcesComparison],
  'source.changed': [sourcesComparison],
  'source.added': [sourcesComparison],
  'upstream.handed-back': [caseRowsComparison],
  'upstream.linked': [caseRowsComparison],
  'emergency.settled': [caseRowsComparison],
  'emergency.suspected': [caseRowsComparison],
  'study.declined': [warningsComparison],
  'study.taken': [warningsComparison],
  'study.suggested': [warningsComparison],
  'warning.dismissed': [warningsComparison],
  'warning.acknowledged': [warningsComparison],
  'warning.raised': [warningsComparison],
  'publication.published': [assessmentActsComparison],
  'publication.returned': [assessmentActsComparison, publicationAsRecorded],
  'publication.approved': [assessmentActsComparison, publicationAsRecorded],
  'publication.cases-written': [assessmentActsComparison, publicationAsRecorded],
  'publication.drafted': [assessmentActsComparison, publicationAsRecorded],
  'exclusion.applied': [assessmentActsComparison],
  'method.withdrawn': [assessmentActsComparison],
  'method.rejected': [assessmentActsComparison],
  'method.approved': [assessmentActsComparison],
  'method.proposed': [assessmentActsComparison],
  'texts.erased': [textsComparison],
  'instance.started': [
    radarFacts,
    facts,
    consequences,
    title,
    steps,
    acts,
    callersActs,
    comparedWords,
    comparedDuties,
    factsComparison,
    textsComparison,
    'design/rehearsal/record-scenario.ts',
  ],
  'instance.cancelled': [radarFacts, facts, title],
  'task.completed': [
    radarFacts,
    activity,
    ...[
      facts,
      title,
      acts,
      ownText,
      signing,
      carrying,
      caseRowsComparison,
      'design/rehearsal/proof/judge.ts',
      'design/rehearsal/record-scenario.ts',
    ],
    ...[steps, unitsAnswers, keptRules],
  ],
  'task.failed': [radarFacts, facts, title, activity],
  'timer.fired': [
    radarFacts,
    activity,
    ...[accessors, facts, affected, cards],
    ...[title, rehearsed, steps, firedIndex],
    'law/regulation/amendment/relive.ts',
  ],
  'message.received': [
    radarFacts,
    activity,
    ...[facts, objections, consequences, performers],
    ...[title, acts, callersActs],
  ],
  'signal.received': [radarFacts, facts, title, activity],
  'deadline.rearmed': [radarFacts, facts, interpreter, title],
  'deadline.recomputed': [radarFacts, accessors, cards, counts, title],
  'escalation.revoked': [cards, counts, title, announced, events, notices],
  'escalation.redated': [cards, counts, title, events],
  'outcome.corrected': [facts, acts, things],
  'condition.met': [radarFacts, facts, title, activity],
  'incident.opened': [announced, executor, comparedIncidents, notices, title],
  'incident.retried': [title],
  'incident.closed': [title, comparedIncidents, mendingWords],
  'intervention.proposed': [accessors, announced, executor, proposals],
  'intervention.withdrawn': [proposals],
  'variable.corrected': [title, acts, proposals],
  'token.moved': [radarFacts, facts, title, proposals],
  'own-variable.corrected': [radarFacts, facts, title, proposals],
  'token.withdrawn': [radarFacts, facts, title, proposals],
  'case.migrated': [radarFacts, accessors, hands],
  'sheet.classified': [radarFacts, facts, acts, caseRowsComparison],
  'sheet.assigned': [title, comparedAssignments],
  'attachments.erased': [comparedFiles],
  'calendar.loaded': [comparedNotices],
  'sheet.corrected': [
    radarFacts,
    facts,
    acts,
    correction,
    interpreter,
    placed,
    proof,
    replaced,
    shown,
    comparedWords,
  ],
  'person.recused': [replaced],
  'call.linked': [replaced],
  'note.added': [notes, notesShown, notesPart, shown],
  'note.struck': [notes, notesPart],
  'caller.added': [callersActs, progress],
  'caller.urged': [callersActs, progress],
  'caller.rated': [facts, callersActs, progress],
  'caller.erased': [replaced],
  'caller.told': [messages, caseRowsComparison],
  'caller.not-told': [messages, caseRowsComparison],
  'attachment.added': [radarFacts, recorded, comparedFiles],
  'attachment.refused': [refusedFiles],
  'policies.shipped': [shippedPolicies],
  'definition.deployed': [diagramsKept, comparedDefinitions],
  'regulation.recorded': [versionsKept, comparedVersions],
  'regulation.applied': [lawsInTime, applying],
  'amendment.saved': [amendmentsRead],
  'amendment.submitted': [amendmentsRead],
  'amendment.approved': [amendmentsRead],
  'amendment.rejected': [amendmentsRead],
  'amendment.withdrawn': [amendmentsRead],
  'policy.proposed': [policiesKept, comparedPolicies],
  'policy.approved': [policiesKept, comparedPolicies],
  'policy.rejected': [comparedPolicies],
  'policy.withdrawn': [comparedPolicies],
  'unit.added': [comparedPeople],
  'person.added': [comparedPeople],
  'person.closed': [comparedPeople],
  'role.granted': [title, comparedPeople],
  'role.revoked': [title, comparedPeople, firedIndex],
  'samples.added': [title, comparedPeople],
  'token.issued': [title],
  'token.replaced': [title],
  'token.revoked': [title],
  'access.refused': [accounts],
  'sheet.merged': [radarFacts, mergedOnce, comparedMerges],
  'sheet.unmerged': [mergedOnce, comparedMerges],
  'knowledge.written': [knowledgeFacts, comparedSettings],
  'knowledge.withdrawn': [knowledgeFacts, comparedSettings],
  'other-channels.saved': [comparedSettings],
  'template.changed': [comparedSettings],
  'exclusion.granted': [exclusions, radarReads, assessmentActsComparison],
  'exclusion.refused': [radarReads, assessmentActsComparison],
  'caller.revealed': [radarReads, comparedReads],
  'retention.ran': [lastRun],
  'radar.looked': [lastLook, radarComparison],
  'radar.raised': [radarComparison],
  'radar.grown': [radarComparison],
  'radar.reopened': [radarComparison],
  'radar.asked': [radarComparison],
  'radar.answered': [radarComparison],
  'radar.decided': [radarComparison],
  'trail.manifest': [manifest, unaccounted],
  'schema.changed': [auditStore],
  'key.rotated': [rotation],
  'receipt.issued': [receiptsIssued],
  'receipt.contradicted': [receiptAlarms],
  'root.compared': [onPaper],
  'archive.opened': [archiving, archiveShown, title],
  'archive.recorded': [archiving, archiveShown, title],
  'archive.log-checked': [title],
} satisfies { readonly [Type in EntryType]?: readonly string[] };

/** For people and auditors only: no reader decides or computes anything by them. */
const heededByNone = [
  ...(['caller-secret.issued', 'sheet.carried'] as const),
  ...(['upstream.reminded', 'person.languages-set'] as const),
  ...(['draft.created', 'draft.saved', 'draft.commented', 'draft.submitted'] as const),
  ...(['draft.approved', 'draft.rejected', 'draft.withdrawn', 'draft.scheduled'] as const),
  ...(['migration.proposed', 'migration.approved', 'migration.withdrawn'] as const),
  ...(['migration.started', 'migration.finished'] as const),
  'calendar.recomputed' as const,
  ...(['person.linked', 'person.unlinked', 'password.changed', 'password.reset'] as const),
  ...(['second-factor.set', 'second-factor.cancelled', 'second-factor.reset', 'session.ended'] as const),
  ...(['sign-in.succeeded', 'sign-in.failed', 'sign-in.held-up', 'system.added', 'system.closed'] as const),
  ...(['knowledge.lapsed', 'knowledge.supervision-ordered'] as const),
  ...(['channel.tested'] as const),
  ...(['subscription.secret-replaced', 'subscription.tested', 'trail.exported'] as const),
  ...(['message.settled', 'source.outgoing-tested'] as const),
  ...(['session.signed-out', 'sign-in.repeated', 'export.fetched', 'worklist.exported'] as const),
  'migration.run' as const,
  'archive.revealed' as const,
] satisfies readonly EntryType[];

/** A kind of which nothing is said yet is named by the compiler here. */
type Unsaid = Exclude<EntryType, keyof typeof heeded | (typeof heededByNone)[number]>;
const everyKindIsSaid: [Unsaid] extends [never] ? true : Unsaid = true;

const isType = (name: string | undefined): name is EntryType => entryTypes.includes(name as EntryType);

/** Comparisons with a kind, kinds asked for, and what `entryFilter` was told. */
const named =
  /(?:[!=]==|\bcase|\btype =|(?:latestEntry|streamsWith)\([^)]*?,) '([a-z-]+\.[a-z-]+)'|'([a-z-]+\.[a-z-]+)': true/g;

function heededIn(source: string): ReadonlySet<EntryType> {
  const found = new Set<EntryType>();
  for (const [, compared, told] of source.matchAll(named)) {
    const type = compared ?? told;
    if (isType(type)) found.add(type);
  }
  if (!source.includes('...stepTypes')) return found;
  const ofSteps = Object.keys(stepTypes).filter(isType);
  return new Set([...found, ...ofSteps.filter((type) => !source.includes(`'${type}': false`))]);
}

describe('轨迹的条目:每个读者读哪几种', () => {
  it('每一种都写明有谁读,或者没有谁读,不重复', () => {
    expect(everyKindIsSaid).to.equal(true);
    expect([...Object.keys(heeded), ...heededByNone].sort()).to.deep.equal([...entryTypes].sort());
  });

  it('与源程序一致:凡按种类读条目的文件都在表上,表上的都真的读', () => {
    const found = new Map<string, string[]>();
    const files = readdirSync(join(packageRoot, 'src'), { recursive: true, encoding: 'utf8' });
    for (const file of files.filter((name) => /\.(ts|vue|sql)$/.test(name))) {
      if (file.startsWith('accountability/events/') && file !== accessors) continue;
      for (const type of heededIn(readFileSync(join(packageRoot, 'src', file), 'utf8')))
        found.set(type, [...(found.get(type) ?? []), file]);
    }
    for (const type of entryTypes) {
      const said: readonly string[] = (heeded as { readonly [type: string]: readonly string[] })[type] ?? [];
      expect([...(found.get(type) ?? [])].sort(), type).to.deep.equal([...said].sort());
    }
  });
});
