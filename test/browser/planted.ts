/** Plants markup through the interface in every stored text of the contract, as a permitted user. */
import { expect } from 'chai';
import { plantAssessment } from './planted-assessment.js';
import { plantRadar } from './planted-radar.js';
import { plantStarted } from './planted-started.js';
import { plantWarnings } from './planted-warnings.js';
import { moveTo } from './seed.js';
import { sampleMethod } from '../../src/measures/assessment/index.js';
import { superviseLapses } from '../../src/cases/index.js';
import { recordShippedRegulation } from '../../src/law/regulation/index.js';
import type { OperationId } from '../../src/http/contract/operations.js';
import { answered, fill, send, type Served, type WorkOrderView } from '../http/serving.js';
import { documented, pathOf, resolved, type Schema } from '../support/document.js';
import { notice2027 } from '../support/notice-2027.js';
import { logCheckJob } from '../../src/takeover/index.js';
import { leastLaw } from '../support/invented-laws.js';
import { newcomer, type SignedIn } from '../support/people.js';
import { asUnchanged } from '../support/tried.js';
import { addResidents } from '../support/residents.js';
import { deciding } from '../support/policies.js';

/** Placeholder in a body for a payload. */
export const here = '§';
const payloadOf = (number: number): string => `"><img/src="x"/onerror="window.__ran=${number}">`;
const isPlanted = (text: string): boolean => text.includes('window.__ran=');

export type Ids = { readonly [name: string]: string | number };
export type View = { readonly id: number; readonly sha256: string; readonly source: string };

/** Texts of request bodies, by operation and path; texts with a pattern that markup cannot match are left out. */
export const textFields: readonly string[] = documented.flatMap(({ id, body }) =>
  body ? textsIn(body, id) : [],
);

function textsIn(given: Schema, at: string): string[] {
  const schema = resolved(given);
  if (schema.enum || schema.format !== undefined) return [];
  if (schema.pattern !== undefined && !new RegExp(schema.pattern, 'u').test(payloadOf(1))) return [];
  if (schema.anyOf) return [...new Set(schema.anyOf.flatMap((one) => textsIn(one, at)))];
  if (schema.items) return textsIn(schema.items, `${at}[]`);
  if (schema.properties) {
    return Object.entries(schema.properties).flatMap(([name, one]) => textsIn(one, `${at}.${name}`));
  }
  if ([schema.type].flat().includes('object')) return [`${at}.*`];
  return [schema.type].flat().includes('string') ? [at] : [];
}

export interface Planted {
  /** Payload number of each field. */
  readonly fields: ReadonlyMap<string, number>;
  /** A closed sheet, and one that is being handled. */
  readonly no: string;
  readonly open: string;
  /** Supervised in vain: nobody answered the caller. */
  readonly unanswered: string;
  readonly knowledge: string;
  /** Number of the supervision of an entry past its review date. */
  readonly lapse: string;
  /** A case that a diagram has opened by itself. */
  readonly started: string;
  readonly draft: string;
  /** A draft of a decision table. */
  readonly tableDraft: string;
  readonly migration: string;
  /** A handler of the planted unit. */
  readonly handler: SignedIn;
}

/** An accepted sheet, with the code told to its caller. */
type Proven = WorkOrderView & { readonly callerSecret: string };

export async function plant(served: Served): Promise<Planted> {
  const { url, people, system } = served;
  const fields = new Map<string, number>();
  const numberOf = (field: string): number => {
    const number = fields.get(field) ?? fields.size + 1;
    fields.set(field, number);
    return number;
  };
  /** Inside an object of any shape, all texts belong to one field. */
  const inside = (at: string, name: string): string =>
    at.endsWith('.*') ? at : textFields.includes(`${at}.*`) ? `${at}.*` : `${at}.${name}`;
  const put = (value: unknown, at: string): unknown => {
    if (Array.isArray(value)) return value.map((one) => put(one, at.endsWith('.*') ? at : `${at}[]`));
    if (value !== null && typeof value === 'object') {
      return Object.fromEntries(
        Object.entries(value).map(([name, one]) => [name, put(one, inside(at, name))]),
      );
    }
    if (typeof value !== 'string') return value;
    if (isPlanted(value)) numberOf(at);
    return value.replaceAll(here, () => payloadOf(numberOf(at)));
  };
  async function act(id: OperationId, body: object, ids: Ids = {}, as?: SignedIn): Promise<unknown> {
    const found = documented.find((one) => one.id === id) ?? expect.fail(`there is no ${id}`);
    const { access, path, method } = found.operation;
    const known = Object.fromEntries(Object.entries(ids).map(([name, value]) => [name, String(value)]));
    const reply = await send(url, pathOf(path, known), {
      as: as ?? (await people.allowed(access)),
      method: method.toUpperCase(),
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(put(body, id)),
    });
    return answered(id, reply);
  }
  const make = async (id: OperationId, body: object, ids: Ids = {}, as?: SignedIn): Promise<View> =>
    (await act(id, body, ids, as)) as View;

  await addResidents(system.identity);

  // Units, people and districts.
  await act('addUnit', { name: here, kind: 'department' });
  const unit = payloadOf(numberOf('addUnit.name'));
  await act('addUnit', { name: '下级单位', kind: 'department', parent: unit });
  await act('addPerson', { login: 'marked', name: here, unit, oidcSubject: here });
  const { id: client } = await make('addSystem', { name: here, unit });
  const hook = {
    address: `https://hook.example.gov.cn/?${here}`,
    types: ['cn.hotline12345.sheet.accepted'],
    unit,
  };
  const { id: subscription } = await make('addSubscription', hook, { id: client });
  await act('changeSubscription', hook, { id: subscription });
  await act('addChannel', {
    recipient: `unit:${unit}`,
    kind: 'webhook',
    address: `https://hook.example.gov.cn/?${here}`,
  });

  // Sources of requests, and unreadable messages.
  const terms = { channel: 'sms', mapping: { content: 'message.text', kind: '"help"' } };
  const made = (await act('addChannelSource', { ...terms, name: here, proof: 'token' })) as View & {
    readonly address: string;
    readonly secret: string;
  };
  const { id: renamed } = await make('addChannelSource', { ...terms, name: '会改名的', proof: 'token' });
  await act('changeChannelSource', { ...terms, name: here }, { id: renamed });
  await act('setSourceOutgoing', { address: `https://hook.example.gov.cn/?${here}` }, { id: renamed });
  await act(
    'changeMessageTemplate',
    { subject: here, text: here, basedOn: 0 },
    { occasion: 'accepted', language: 'zh' },
  );
  const unreadable = async (): Promise<void> => {
    const headers = { 'x-channel-token': made.secret };
    const body = `${payloadOf(numberOf('receiveChannelMessage'))} ${fields.size}`;
    answered('receiveChannelMessage', await send(url, made.address, { method: 'POST', headers, body }));
  };
  await unreadable();
  const letter = {
    kind: 'help',
    title: here,
    content: here,
    callerName: here,
    callerContact: here,
    externalNo: here,
  };
  await act('registerPutAside', letter, { id: 1 });
  await unreadable();

  // The rules.
  const ruled = await make(
    'proposePolicy',
    { value: 'P2D', effectiveOn: '2026-12-01', reason: here, document: here },
    { key: 'supervisionLimit' },
  );
  const approver = await newcomer(system, { login: 'approver', roles: ['compliance-approver'] });
  await act('rulePolicy', { decision: 'approve', reason: here }, { id: ruled.id }, approver);
  await act(
    'proposePolicy',
    { value: 'P2D', effectiveOn: '2026-12-01', reason: here },
    { key: 'supervisionLimit' },
  );
  await recordShippedRegulation(system);
  const amender = await newcomer(system, { login: 'amender', roles: ['compliance-editor'] });
  const edits = [{ edit: 'norm', norm: 'J27', set: { limit: { days: 3, of: 'working' } } }];
  const amending = {
    title: here,
    source: here,
    reason: here,
    inForceFrom: '2030-01-01',
    transition: 'old',
    edits,
  };
  const drafted = await make('draftAmendment', amending);
  const amended = (await act('saveAmendment', { ...amending, revision: 1 }, { id: drafted.id })) as {
    readonly sha256: string;
  };
  const { sha256: ofAmendment } = amended;
  await act(
    'ruleAmendment',
    { act: 'submit', sha256: ofAmendment, reason: here },
    { id: drafted.id },
    amender,
  );
  const city = await make('createPackageDraft', {
    text: leastLaw.text.replace('应当登记', `应当登记${here}`),
  });
  const answer = [{ ...{ binding: 'shall', who: ['caller'], says: here, outside: here, unless: here } }];
  await act('answerPackageArticle', { revision: 1, answer }, { id: city.id, article: 'art1' });
  await act('answerPackageArticle', { revision: 2, answer: here }, { id: city.id, article: 'art3' });
  await act(
    'answerPackageCity',
    {
      ...{ revision: 3, titles: { caller: here }, parties: { caller: here } },
      city: { key: here, names: [here], letter: 'Q' },
      law: { title: here, source: here },
    },
    { id: city.id },
  );
  const top = payloadOf(numberOf('importClassification.csv')).replaceAll('"', '""');
  await act('importClassification', { csv: `一级,二级\n"${top}",乙`, title: here });
  await act('saveOtherChannels', {
    channels: [
      {
        ...{ key: 'planted', name: here, emergency: false, procedure: 'other' },
        ...{ reach: here, basis: here, words: [here], except: [here] },
        names: { en: here, fr: here, ru: here, de: here },
        answers: { note: here },
      },
      {
        ...{ key: 'fire', name: '119', emergency: true, procedure: 'other', reach: '拨打 119' },
        ...{ basis: '消防法', words: ['着火'], except: [], names: {} },
      },
    ],
    basedOn: 0,
    reason: here,
  });
  const content = sampleMethod(system.laws.today());
  const method = await make('proposeMethod', {
    content: {
      ...content,
      title: here,
      indicators: content.indicators.map((one) => ({ ...one, label: here })),
      exclusions: [{ measures: ['reply'], kinds: ['report'], reason: here }],
      groups: content.groups.map((one, at) => ({
        ...one,
        label: here,
        ...(at === 0 ? { units: [unit] } : {}),
      })),
    },
    effectiveFrom: '2026-04',
    reason: here,
  });
  await act('ruleMethod', { decision: 'approve', reason: here, document: here }, { id: method.id }, approver);

  // Diagrams.
  const editor = await newcomer(system, { login: 'editor', roles: ['compliance-editor'] });
  const draftOf = async (): Promise<View> => {
    const made = await make('createDraft', { key: 'handling', title: here, reason: here }, {}, editor);
    const name = payloadOf(numberOf('saveDraft.source')).replaceAll('"', '&quot;').replaceAll('<', '&lt;');
    const source = made.source.replace(/(<bpmn:startEvent [^>]*name=")[^"]*/, `$1${name} ${made.id}`);
    return make('saveDraft', { basedOn: 1, source, note: here }, { id: made.id }, editor);
  };
  const draft = await draftOf();
  const { id, sha256 } = draft;
  await act('commentDraft', { text: here, element: here }, { id }, editor);
  await asUnchanged(system, { key: 'handling', sha256 });
  await act(
    'submitDraft',
    { sha256, comment: here, reasons: [{ rule: here, element: here, reason: here }] },
    { id },
    editor,
  );
  await act('approveDraft', { sha256, comment: here }, { id }, approver);
  await act('scheduleDraft', { sha256, reason: here }, { id }, approver);
  let migration = 0;
  for (const ruling of ['approveMigration', 'withdrawMigration'] as const) {
    const move = { key: 'handling', from: 1, to: 2, reason: here };
    migration = (await make('proposeMigration', move, {}, editor)).id;
    await act(
      ruling,
      ruling === 'approveMigration' ? { comment: here } : { reason: here },
      { id: migration },
      approver,
    );
  }
  await act('rollBackDefinition', { version: 1, reason: here }, { key: 'handling' }, editor);
  const refused = await draftOf();
  await asUnchanged(system, { key: 'handling', sha256: refused.sha256 });
  await act('submitDraft', { sha256: refused.sha256, comment: here }, { id: refused.id }, editor);
  await act('rejectDraft', { sha256: refused.sha256, reason: here }, { id: refused.id }, approver);
  await act('withdrawDraft', { reason: here }, { id: (await draftOf()).id }, editor);
  await draftOf();
  const table = await make('createDraft', { key: 'return-grounds', title: here, reason: here }, {}, editor);
  const head = payloadOf(numberOf('saveDraft.source')).replaceAll('"', '&quot;').replaceAll('<', '&lt;');
  const planted = table.source.replace('label="不能退单的原因"', `label="${head}"`);
  await make('saveDraft', { basedOn: 1, source: planted, note: here, title: here }, { id: table.id }, editor);

  // Knowledge and sheets.
  const entry = { unit, title: here, body: here, reviewOn: '2027-01-01', forPublic: true, reason: here };
  const knowledge = await make('addKnowledge', entry);
  await act('rewriteKnowledge', { ...entry, basedOn: 1 }, { id: knowledge.id });
  const gone = await make('addKnowledge', entry);
  await act('withdrawKnowledge', { basedOn: 1, reason: here }, { id: gone.id });
  const request = {
    channel: 'phone',
    kind: 'complaint',
    title: here,
    content: here,
    callerName: here,
    callerContact: here,
    callerAddress: here,
    district: here,
    place: { address: here },
    accusedPersons: here,
    answers: { conduct: 'orderly', accusation: 'person' },
  };
  const upstreamTerms = { ...terms, mapping: { ...terms.mapping, externalNo: 'message.no' } };
  const upstream = await make('addChannelSource', { ...upstreamTerms, name: '上级热线', proof: 'token' });
  const order = (await act('acceptRequest', {
    ...request,
    upstream: { source: upstream.id, number: here },
  })) as Proven;
  const { no } = order.sheet;
  await send(url, `/api/work-orders/${no}/attachments?shows=matter`, {
    method: 'POST',
    headers: {
      'content-type': 'application/octet-stream',
      'x-file-name': encodeURIComponent(`${payloadOf(numberOf('acceptRequest.title'))}.txt`),
    },
    body: '说明',
  });
  await act('revealCaller', { purpose: 'reply', reason: here }, { no });
  await act('recusePersons', { persons: here }, { no });
  const wrong = {
    ...{ title: `改${here}`, content: `改${here}`, district: `改${here}` },
    place: { address: `改${here}` },
  };
  const wrongCaller = { callerName: `改${here}`, callerContact: `改${here}`, callerAddress: `改${here}` };
  await act('correctWorkOrder', { basedOn: 0, reason: here, ...wrong, ...wrongCaller }, { no });
  /** Runs the sheet from intake to its end, or until that task is open. */
  const follow = async (from: WorkOrderView, until?: string): Promise<void> => {
    let standing = from;
    for (;;) {
      const [task] = standing.tasks;
      if (!task || task.element === until) return;
      const texts = task.form
        // Nothing is withheld from the caller.
        .filter(({ key, type }) => ['text', 'longText', 'unit'].includes(type) && key !== 'withheldBasis')
        .map(({ key, type }) => [key, type === 'unit' ? unit : here] as const);
      const answers = fill(task, { wayOut: 'dispatch', receipt: 'accept', ...Object.fromEntries(texts) });
      const doer = await people.doing(task.role, `办理人${task.element}`, unit);
      standing = (await act('completeTask', { answers }, { id: task.id }, doer)) as WorkOrderView;
    }
  };
  await follow(order);
  await act('handBackByHand', { note: here }, { no });
  const fire = (await act('acceptRequest', {
    ...request,
    content: `楼下着火了 ${here}`,
    answers: undefined,
  })) as Proven;
  await act('settleEmergency', { note: here }, { no: fire.sheet.no });
  const open = (await act('acceptRequest', request)) as Proven;
  await follow(open, 'Task_Feedback');
  const unanswered = (await act('acceptRequest', request)) as Proven;
  await follow(unanswered, 'Task_Handle');
  await act('fileMatter', {
    ...{ once: 'planted-by-the-public', kind: 'help', title: here, content: here },
    ...{ callerName: here, callerContact: here, place: { address: here }, district: here },
  });
  const proof = ({ sheet, callerSecret: secret }: Proven) => ({ no: sheet.no, secret });
  await act('addFromCaller', { ...proof(open), text: here });
  await act('demandExplanation', { ...proof(open), about: here });
  await act('rateFromCaller', { ...proof(order), rating: 'fair', comment: here });
  const own = {
    ...request,
    channel: 'app',
    kind: 'help',
    accusedPersons: null,
    answers: { conduct: 'orderly' },
  };
  const withdrawn = (await act('acceptRequest', own)) as Proven;
  await follow(withdrawn, 'Task_Handle');
  await act('withdrawFromCaller', { ...proof(withdrawn), reason: here });
  const { no: member } = ((await act('acceptRequest', own)) as Proven).sheet;
  await act('mergeWorkOrders', { members: [member], reason: here }, { no: open.sheet.no });
  await act('unmergeWorkOrder', { reason: here }, { no: open.sheet.no, member });
  const handler = await people.doing('unit', '承办人', unit);
  const extension = { message: 'extension-applied', answers: { extensionGround: here, extensionWanted: 3 } };
  await act('sendMessage', extension, { no: open.sheet.no }, handler);
  const { items } = (await send(url, '/api/tasks?scope=mine&limit=200', { as: handler })).json as {
    items: { id: string; no: string }[];
  };
  const toAssign = items.filter(({ no }) => no === open.sheet.no).map(({ id }) => id);
  await act('assignTasks', { tasks: toAssign, team: here }, {}, handler);
  const choice = { role: here, unit: here, district: here, class: here, assignee: here };
  await act('saveView', { name: here, choice, shared: true }, {}, handler);
  const field = { key: 'handlingResult', name: here };
  await act('saveTextTemplate', { name: here, text: here, field, class: here, shared: true }, {}, handler);
  await act('addNote', { text: here }, { no: open.sheet.no }, handler);
  await act('superviseKnowledge', { workOrder: open.sheet.no, reason: here }, { id: knowledge.id });
  await act('orderTrailExport', { unit, format: 'csv', purpose: here });
  const other = (await act('acceptRequest', {
    ...request,
    accusedPersons: null,
    answers: { conduct: 'orderly', accusation: 'matter', wayOut: 'on-the-spot' },
  })) as WorkOrderView;
  await act('eraseCaller', { reason: here }, { no: other.sheet.no });
  const [notice] = notice2027.notices;
  const text = payloadOf(numberOf('loadNotice.document'));
  await act(
    'loadNotice',
    { document: text, file: { notices: [{ ...notice, title: here, document: text }] } },
    {},
    approver,
  );
  await plantAssessment({
    served,
    act,
    make,
    unit,
    handler,
    sheet: async () => follow((await act('acceptRequest', request)) as WorkOrderView),
  });
  await plantWarnings({ served, act, make, unit, handler });
  await plantRadar({ served, act, unit, handler });

  // An entry past its review date, and its supervision.
  const { id: late } = await make('addKnowledge', { ...entry, reviewOn: '2026-05-07' });
  await moveTo(served, '2026-05-08T09:00:00+08:00');
  await superviseLapses(deciding(system, { knowledgeLapse: 'order' }));
  const lapse = `知识库-${late}-2026-05-07`;
  const supervisor = await newcomer(system, { login: 'supervisor', roles: ['supervisor'] });
  const path = `/api/knowledge/supervisions/${encodeURIComponent(lapse)}`;
  const { tasks } = answered(
    'readKnowledgeSupervision',
    await send(url, path, { as: supervisor }),
  ) as WorkOrderView;
  const urge = tasks.find(({ element }) => element === 'Task_CityUrge') ?? expect.fail('nobody has to urge');
  const told = { answers: { cityUrgeRecord: here } };
  await act('completeKnowledgeTask', told, { no: lapse, id: urge.id }, supervisor);

  // Another system's log, checked against the regulation, with markup in a column's name, a case
  // and an activity.
  const mark = payloadOf(numberOf('checkOldLog.mapping.*'));
  const cell = `"${mark.replaceAll('"', '""')}"`;
  const oldLog = await send(url, '/api/old-logs', {
    method: 'POST',
    headers: { 'content-type': 'application/octet-stream', 'x-file-name': 'old.csv' },
    body: `工单,${cell},时间\n${cell},${cell},2026-03-02 09:00\n`,
  });
  const { id: log } = answered('uploadOldLog', oldLog) as View;
  const columns = { case: '工单', activity: here, instant: { column: '时间', zone: 'Asia/Shanghai' } };
  await act('checkOldLog', { mapping: { ...columns, activities: {} } }, { id: log });
  await logCheckJob(system).work({ log }, { attempt: 1, signal: new AbortController().signal });

  const started = await plantStarted({ served, act });
  // Sets a recent authentication.
  await system.database.pool.query('UPDATE hotline.session SET auth_at = $1', [system.clock.now()]);
  return {
    fields,
    no,
    open: open.sheet.no,
    unanswered: unanswered.sheet.no,
    knowledge: String(knowledge.id),
    lapse,
    started,
    draft: String(id),
    tableDraft: String(table.id),
    migration: String(migration),
    handler,
  };
}

const tooShort = '几个字、一个日子或者代号，写不下标记';
const neverKept = '只算不存';
const registered = '只收登记过的值';
const rule = '有自己的写法，标记不合';
const credential = '凭据，不显示';

/** Fields, or whole operations, whose texts are not stored, with the reason. */
export const unplanted: { readonly [field: string]: string } = {
  'answerPackageArticle.answer[].within': tooShort,
  'answerPackageArticle.answer[].within[]': tooShort,
  'answerPackageArticle.answer[].extension': tooShort,
  'answerPackageCity.city.letter': tooShort,
  'answerPackageCity.law.version': tooShort,
  'answerPackageCity.law.adoptedOn': tooShort,
  'answerPackageCity.law.approvedOn': tooShort,
  'answerPackageCity.law.inForceFrom': tooShort,
  suggestIntake: neverKept,
  lookAhead: neverKept,
  'completeSeries.steps[].element': registered,
  'completeSeries.steps[].answers.*': '与 completeTask 的答案同存一处',
  'correctWorkOrder.answers.*': '与 completeTask 的答案同存一处',
  giveReceipt: neverKept,
  checkReceipt: neverKept,
  signTasks: registered,
  'assignTasks.tasks[]': registered,
  'assignTasks.person': registered,
  removeView: neverKept,
  removeTextTemplate: neverKept,
  'saveTextTemplate.field.key': registered,
  exportWorklist: registered,
  proposeMerge: neverKept,
  'mergeWorkOrders.members[]': registered,
  previewMethod: neverKept,
  previewNotice: neverKept,
  previewClassification: neverKept,
  tryProposals: neverKept,
  rehearse: neverKept,
  recordScenario: neverKept,
  findCounterExample: neverKept,
  readProgress: neverKept,
  searchPublicKnowledge: neverKept,
  'fileMatter.work.challenge': credential,
  'fileMatter.work.derivedKey': credential,
  'addFromCaller.no': registered,
  'addFromCaller.secret': credential,
  'demandExplanation.no': registered,
  'demandExplanation.secret': credential,
  'rateFromCaller.no': registered,
  'rateFromCaller.secret': credential,
  urgeFromCaller: credential,
  'withdrawFromCaller.no': registered,
  'withdrawFromCaller.secret': credential,
  markNotificationsRead: neverKept,
  signIn: credential,
  reauthenticate: credential,
  changePassword: credential,
  'addChannel.secret': credential,
  tryChannelMapping: neverKept,
  previewMessageTemplate: neverKept,
  'addChannelSource.mapping': rule,
  'changeChannelSource.mapping': rule,
  'acceptRequest.class': registered,
  'classifyWorkOrder.class': registered,
  'addKnowledge.class': registered,
  'rewriteKnowledge.class': registered,
  'sendMessage.message': registered,
  'createDraft.key': registered,
  retryIncident: registered,
  previewIntervention: neverKept,
  proposeIntervention: '要有走不下去的工单：incidents.long.ts',
  approveIntervention: '要有走不下去的工单：incidents.long.ts',
  withdrawIntervention: '要有走不下去的工单：incidents.long.ts',
  'proposeMigration.key': registered,
  'proposeMigration.mapping.*': registered,
  'superviseKnowledge.workOrder': registered,
  'applyForExclusion.no': registered,
  'orderTrailExport.no': '没有这样的条目就不导出',
  'orderTrailExport.person': '没有这样的条目就不导出',
  'orderTrailExport.element': '没有这样的条目就不导出',
  'proposeMethod.content.indicators[].formula': rule,
  'proposeMethod.content.poor': rule,
  'proposeMethod.effectiveFrom': rule,
  'proposePolicy.value': rule,
  'proposePolicy.effectiveOn': rule,
  'acceptRequest.answers.*': '与 completeTask 的答案同存一处',
  'checkDiagram.source': neverKept,
  'compareDiagrams.before': neverKept,
  'compareDiagrams.after': neverKept,
  'createDraft.source': '与 saveDraft 的同存一处',
  'suggestStudy.class': '至多 40 个字符，放不下',
  'linkSingleSignOn.subject': '与 addPerson.oidcSubject 同存一处；没有启用统一身份认证',
  correctPublication: '要有通报了的考核周期',
  writeTypicalCases: '要有通报了的考核周期',
  rulePublication: '要有通报了的考核周期',
  issuePublication: '要有通报了的考核周期',
};
