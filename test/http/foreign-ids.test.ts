/**
 * Ids of other people's things (IDOR), at every operation that takes one. Each operation must be in
 * one of the two tables, so that none can be added without saying whose things its ids are.
 */
import { expect } from 'chai';
import { operations, type OperationId } from '../../src/http/contract/operations.js';
import { createJobRunner } from '../../src/platform/jobs/index.js';
import { roles, type Role } from '../../src/identity/index.js';
import type { RefusalCode } from '../../src/kernel/index.js';
import { documented, pathOf, type Documented } from '../support/document.js';
import { newcomer, type SignedIn } from '../support/people.js';
import { answered, dispatched, fill, post, problemIn, send, useServer } from './serving.js';

/** Open to everybody who may call the operation, with the reason. */
const everybodys: { readonly [id in OperationId]?: string } = {
  readProcessLoad: '数目，按看得到的工单算',
  listWaiting: '环节是公开的，列出的只有看得到的工单，见 lists.test.ts',
  listBoardCards: '栏是公开的，列出的只有看得到的工单，见 lists.test.ts',
  readDefinition: '流程图是公开的规矩',
  readDefinitionVersion: '流程图是公开的规矩',
  readDiagram: '流程图是公开的规矩',
  readDraft: '草案不属于哪个单位',
  checkDraft: '草案不属于哪个单位',
  compareDraft: '草案不属于哪个单位',
  listSubmissions: '草案不属于哪个单位',
  readTrial: '草案不属于哪个单位',
  orderTrial: '草案由合规编辑一起改',
  submitDraft: '草案由合规编辑一起改',
  approveDraft: '草案不属于哪个单位；写过的人不批，见 governance.test.ts',
  rejectDraft: '草案不属于哪个单位',
  withdrawDraft: '草案由合规人员一起议',
  scheduleDraft: '草案不属于哪个单位',
  rollBackDefinition: '流程不属于哪个单位',
  readMigration: '换版不属于哪个单位；只列编号和原因，没有工单的内容',
  approveMigration: '换版不属于哪个单位；提出的人不批，见 case-migrations.test.ts',
  withdrawMigration: '换版由合规人员一起议',
  runMigration: '换版不属于哪个单位',
  saveDraft: '草案由合规编辑一起改',
  readDraftDiagram: '草案不属于哪个单位',
  readDraftThread: '草案不属于哪个单位',
  commentDraft: '草案由合规人员一起议',
  readAmendment: '条例的修改不属于哪个单位',
  readAmendmentImpact: '条例的修改不属于哪个单位；欠着义务的工单只有件数',
  readLawComparison: '条例的修改不属于哪个单位；给合规、审计人员的合计',
  orderLawComparison: '条例的修改不属于哪个单位；由合规人员要求',
  cancelLawComparison: '条例的修改不属于哪个单位；由合规人员停止',
  fetchComparedCases: '同 listComparedCases',
  listComparedCases: '只给合规、审计人员：编号、期限和原因，没有工单的内容；回避的不列，见 two-laws.test.ts',
  readOldLog: '旧日志不属于哪个单位；只给合规、审计人员',
  checkOldLog: '旧日志由合规人员一起对照',
  fetchOldLogTable: '旧日志不属于哪个单位；只给合规、审计人员',
  dropOldLog: '旧日志由合规人员一起对照',
  saveAmendment: '修改由合规编辑一起改',
  ruleAmendment: '修改不属于哪个单位；写过的人不批，见 amendments.test.ts',
  readPackageDraft: '新城市的草稿不属于哪个单位，没有工单的内容',
  answerPackageArticle: '新城市的草稿由合规编辑一起答；旧的一稿盖不掉新的，见 new-city.test.ts',
  answerPackageCity: '新城市的草稿由合规编辑一起答',
  fetchNewPackage: '新城市的草稿不属于哪个单位',
  removePackageDraft: '新城市的草稿由合规编辑一起答',
  readPolicy: '政策是公开的规矩',
  proposePolicy: '政策不属于哪个单位',
  rulePolicy: '政策不属于哪个单位；起草的人不批，见 policies.test.ts',
  readKnowledge: '知识库供各单位查（第三十四条）',
  endChannel: '渠道由系统管理员管',
  receiveChannelMessage: '凭来源自己的签名，见 channel/webhook.test.ts',
  changeChannelSource: '来源由系统管理员管',
  renewChannelSource: '来源由系统管理员管',
  closeChannelSource: '来源由系统管理员管',
  registerPutAside: '来信还不是工单，由受理人员一起处理',
  dismissPutAside: '来信还不是工单，由受理人员一起处理',
  grantRole: '帐号由安全管理员管；自己的不能授',
  revokeRole: '帐号由安全管理员管',
  setLanguages: '帐号由安全管理员、系统管理员管',
  resetPassword: '帐号由安全管理员管',
  closePerson: '帐号由安全管理员管',
  retryJob: '任务由系统管理员管',
  closeSystem: '其他系统由安全管理员管',
  issueToken: '其他系统由安全管理员管',
  rotateToken: '令牌由安全管理员管',
  addSubscription: '其他系统的订阅由安全管理员管',
  closeSubscription: '其他系统的订阅由安全管理员管',
  rotateSubscriptionSecret: '其他系统的订阅由安全管理员管',
  changeSubscription: '其他系统的订阅由安全管理员管',
  testSubscription: '其他系统的订阅由安全管理员管',
  eraseCaller: '由安全管理员删除，不因单位而异',
  revokeToken: '令牌由安全管理员管',
  readPublication: '公开的，给任何人看（第三十三条）',
  downloadPublication: '公开的，给任何人看（第三十三条）',
  listMonthPublications: '发布了的给各单位看，草稿只给考核人员，见 publications.test.ts',
  downloadMonthPublication: '发布了的给各单位看，草稿只给考核人员，见 publications.test.ts',
  correctPublication: '公开不属于哪个单位',
  writeTypicalCases: '公开不属于哪个单位；别人的工单选不了，见 publications.test.ts',
  rulePublication: '公开不属于哪个单位；写过的人不批，见 publications.test.ts',
  issuePublication: '公开不属于哪个单位；批准的人不发布，见 publications.test.ts',
  readKnowledgeSupervision: '别的单位的督办看不到，见 knowledge-supervision.test.ts',
  completeKnowledgeTask: '别的单位的督办看不到、办不了，见 knowledge-supervision.test.ts',
  readStartedCase: '别的人看不到，见 governance.test.ts',
  completeStartedTask: '别的人看不到、办不了，见 governance.test.ts',
  readAssessment: '周期不是谁的；单位只看自己的数字，见 assessment.test.ts',
  listAssessedFacts: '周期不是谁的；单位只看自己的数字，见 assessment.test.ts',
  readAssessmentSpread: '周期不是谁的；只给看全部的人',
  raiseObjection: '周期不是谁的；别的单位的数字不能提，见 assessment.test.ts',
  completeAssessmentTask:
    '周期不是谁的；待办只在该周期的考核里找，由其岗位和单位的人办，见 assessment.test.ts',
  listExclusions: '周期不是谁的；单位只看自己的申请',
  decideObjection: '考核人员裁定全部异议；本单位的不能裁定，见 assessment.test.ts',
  ruleOnExclusion: '考核人员决定全部申请；本单位的不能决定，见 assessment.test.ts',
  ruleMethod: '考核办法不属于哪个单位',
  readSharedCsv: '全市的合计，给各单位共用（第三十六条）',
  endSession: '只在本人的会话里找；别人的编号什么也不结束，答复只有本人的，见 accounts.test.ts',
  testChannel: '渠道由系统管理员管',
  changeMessageTemplate: '告知来电人的文本由系统管理员管',
  setSourceOutgoing: '诉求来源由系统管理员管',
  testSourceOutgoing: '诉求来源由系统管理员管',
  resetSecondFactor: '帐号由安全管理员管',
  linkSingleSignOn: '帐号由安全管理员管',
  unlinkSingleSignOn: '帐号由安全管理员管',
};

interface Theirs {
  readonly no: string;
  readonly task: string;
  readonly answers: object;
  readonly knowledge: string;
  readonly notification: string;
  readonly trailExport: string;
  readonly warning: string;
  readonly radar: string;
  readonly study: string;
  readonly attachment: string;
}

const fileHeaders = { 'content-type': 'application/octet-stream', 'x-file-name': 'a.txt' };

interface Attempt {
  readonly ids: { readonly [name: string]: string };
  readonly body?: object;
  readonly query?: string;
  /** The body, if it is a file. */
  readonly file?: string;
  /** Refused with one of these; `access.denied` if the thing's existence may be known, but not the act. */
  readonly code: RefusalCode;
}

/** Things of a unit or a person, and how somebody else would try to reach them. */
const somebodys: { readonly [id in OperationId]?: (theirs: Theirs) => Attempt } = {
  readWorkOrder: ({ no }) => ({ ids: { no }, code: 'case.not-found' }),
  readTrail: ({ no }) => ({ ids: { no }, code: 'case.not-found' }),
  readCallerMessages: ({ no }) => ({ ids: { no }, code: 'case.not-found' }),
  listAttachments: ({ no }) => ({ ids: { no }, code: 'case.not-found' }),
  addAttachment: ({ no }) => ({
    ids: { no },
    query: '?shows=after',
    file: '不该收下的',
    code: 'case.not-found',
  }),
  fetchAttachment: ({ no, attachment }) => ({ ids: { no, id: attachment }, code: 'case.not-found' }),
  fetchThumbnail: ({ no, attachment }) => ({ ids: { no, id: attachment }, code: 'case.not-found' }),
  readDuties: ({ no }) => ({ ids: { no }, code: 'case.not-found' }),
  explainDuty: ({ no }) => ({ ids: { no, norm: 'J27' }, code: 'case.not-found' }),
  readCaseSigning: ({ no }) => ({ ids: { no }, code: 'case.not-found' }),
  sendMessage: ({ no }) => ({
    ids: { no },
    body: { message: 'explanation-requested' },
    code: 'case.not-found',
  }),
  giveReceiptAtDesk: ({ no }) => ({ ids: { no }, code: 'case.not-found' }),
  reissueCallerSecret: ({ no }) => ({ ids: { no }, code: 'case.not-found' }),
  revealCaller: ({ no }) => ({
    ids: { no },
    body: { purpose: 'reply', reason: '联系来电人' },
    code: 'case.not-found',
  }),
  listSeenBeforeRecusal: ({ no }) => ({ ids: { no }, code: 'case.not-found' }),
  recusePersons: ({ no }) => ({
    ids: { no },
    body: { persons: '赵六' },
    code: 'case.not-found',
  }),
  correctWorkOrder: ({ no }) => ({
    ids: { no },
    body: { basedOn: 0, reason: '试', title: '改' },
    code: 'case.not-found',
  }),
  readMerging: ({ no }) => ({ ids: { no }, code: 'case.not-found' }),
  listNearbySheets: ({ no }) => ({ ids: { no }, code: 'case.not-found' }),
  mergeWorkOrders: ({ no }) => ({
    ids: { no },
    body: { members: [no], reason: '试' },
    code: 'case.not-found',
  }),
  unmergeWorkOrder: ({ no }) => ({
    ids: { no, member: no },
    body: { reason: '试' },
    code: 'case.not-found',
  }),
  settleEmergency: ({ no }) => ({ ids: { no }, body: { note: '试' }, code: 'case.not-found' }),
  handBackByHand: ({ no }) => ({ ids: { no }, body: { note: '试' }, code: 'case.not-found' }),
  addNote: ({ no }) => ({ ids: { no }, body: { text: '试' }, code: 'case.not-found' }),
  strikeNote: ({ no }) => ({ ids: { no, entry: '1' }, code: 'case.not-found' }),
  classifyWorkOrder: ({ no }) => ({ ids: { no }, body: { class: '01' }, code: 'case.not-found' }),
  readTask: ({ task }) => ({ ids: { id: task }, code: 'task.not-found' }),
  completeTask: ({ task, answers }) => ({ ids: { id: task }, body: { answers }, code: 'task.not-found' }),
  lookAhead: ({ task }) => ({ ids: { id: task }, body: {}, code: 'task.not-found' }),
  completeSeries: ({ task, answers }) => ({
    ids: { id: task },
    body: { steps: [{ element: 'x', answers }] },
    code: 'task.not-found',
  }),
  rewriteKnowledge: ({ knowledge }) => ({
    ids: { id: knowledge },
    body: {
      unit: '某城管局',
      title: '改了',
      body: '改了',
      reviewOn: '2027-01-01',
      basedOn: 1,
      reason: '试',
    },
    code: 'access.denied',
  }),
  withdrawKnowledge: ({ knowledge }) => ({
    ids: { id: knowledge },
    body: { basedOn: 1, reason: '试' },
    code: 'access.denied',
  }),
  superviseKnowledge: ({ knowledge, no }) => ({
    ids: { id: knowledge },
    body: { workOrder: no, reason: '试' },
    code: 'case.not-found',
  }),
  markNotificationRead: ({ notification }) => ({
    ids: { id: notification },
    code: 'notification.not-found',
  }),
  readWarning: ({ warning }) => ({ ids: { id: warning }, code: 'warning.not-found' }),
  acknowledgeWarning: ({ warning }) => ({
    ids: { id: warning },
    body: { reason: '试' },
    code: 'warning.not-found',
  }),
  dismissWarning: ({ warning }) => ({
    ids: { id: warning },
    body: { reason: '试' },
    code: 'warning.not-found',
  }),
  suggestStudyOfWarning: ({ warning }) => ({
    ids: { id: warning },
    body: { unit: '某城管局', reason: '试' },
    code: 'warning.not-found',
  }),
  answerStudy: ({ study }) => ({
    ids: { id: study },
    body: { taken: true, reason: '试' },
    code: 'warning.not-yours',
  }),
  readRadar: ({ radar }) => ({ ids: { id: radar }, code: 'radar.not-found' }),
  askAboutRadar: ({ radar }) => ({
    ids: { id: radar },
    body: { unit: '某水务局', question: '试' },
    code: 'radar.not-found',
  }),
  decideRadar: ({ radar }) => ({
    ids: { id: radar },
    body: { decision: 'explained', reason: '试' },
    code: 'radar.not-found',
  }),
  answerRadarQuestion: ({ radar }) => ({
    ids: { id: radar },
    body: { answer: '试' },
    code: 'radar.not-found',
  }),
  fetchTrailExport: ({ trailExport }) => ({
    ids: { id: trailExport, number: '1' },
    code: 'export.not-found',
  }),
};

const withIds = documented.filter(({ operation }) => operation.params !== undefined);
const sight = { unit: '某城管局', kind: 'department' } as const;

describe('别人的编号', () => {
  const served = useServer();
  const strangers = new Map<Role, SignedIn>();
  let theirs: Theirs;
  let content: readonly string[] = [];

  before(async () => {
    const { url, system } = served();
    for (const role of roles) {
      strangers.set(role, await newcomer(system, { login: `stranger-${role}`, roles: [role], ...sight }));
    }
    const order = await dispatched(url);
    const auditor = await newcomer(system, { login: 'shenji1', roles: ['auditor'] });
    const wanted = { no: order.sheet.no, format: 'csv', purpose: '审计' };
    const taken = answered(
      'orderTrailExport',
      await post(url, '/api/trail/exports', wanted, {}, auditor),
    ) as { id: number };
    await createJobRunner({ ...system, onError: (error) => expect.fail(String(error)) }).runDue();
    const { rows } = await system.database.pool.query<{ id: string }>(
      "SELECT id FROM hotline.notification WHERE recipient = 'unit:某水务局'",
    );
    const [task] = order.tasks;
    const written = {
      unit: '某水务局',
      title: '停水通知办法',
      body: '计划停水提前一日',
      reviewOn: '2027-01-01',
    };
    const entry = answered('addKnowledge', await post(url, '/api/knowledge', written)) as { id: number };
    const pool = system.database.pool;
    const { rows: warnings } = await pool.query<{ id: number }>(
      `INSERT INTO hotline.warning (sort, district, matter, since, tipped_at, tipped_by, raised_at, observed, sheets, last_at)
       VALUES ('burst', '历下区', '供水', now(), now(), $1, now(), 3, 3, now()) RETURNING id`,
      [order.sheet.no],
    );
    await pool.query('INSERT INTO hotline.warning_sheet (warning, no) VALUES ($1, $2)', [
      warnings[0]?.id,
      order.sheet.no,
    ]);
    const { rows: studies } = await pool.query<{ id: number }>(
      `INSERT INTO hotline.study_suggestion (district, matter, unit, reason, suggested_by, suggested_at)
       VALUES ('历下区', '供水', '某水务局', '集中反映', '督办甲', now()) RETURNING id`,
    );
    await pool.query(
      `INSERT INTO hotline.radar_hypothesis (id, pattern, kind, subject, found, "of", rest_found, rest_of, power, raised_at, seen_at, open)
       VALUES (1, 'extensions', 'unit', '某水务局', 14, 25, 4, 100, 7, now(), now(), true)`,
    );
    await pool.query(
      `INSERT INTO hotline.radar_question (id, hypothesis, unit, question, asked_by, asked_at, due_at)
       VALUES (1, 1, '某水务局', '为什么', '审计甲', now(), now())`,
    );
    const path = `/api/work-orders/${order.sheet.no}/attachments?shows=after`;
    const file = { method: 'POST', headers: fileHeaders, body: '换了阀门' };
    const added = answered('addAttachment', await send(url, path, file)) as { id: string };
    theirs = {
      no: order.sheet.no,
      task: task?.id ?? '',
      answers: task ? fill(task) : {},
      knowledge: String(entry.id),
      notification: String(rows[0]?.id),
      trailExport: String(taken.id),
      warning: String(warnings[0]?.id),
      radar: '1',
      study: String(studies[0]?.id),
      attachment: added.id,
    };
    content = [order.sheet.title, order.sheet.content, '来电人甲', written.title, written.body];
  });

  /** Everything that belongs to the unit, as one text. */
  async function standing(): Promise<string> {
    const found: unknown[] = [];
    for (const relation of [
      'work_order',
      'attachment',
      'process_case',
      'sheet_class',
      'knowledge_version',
      'notification',
      'caller_secret',
      'warning_act',
      'study_answer',
      'radar_hypothesis',
      'radar_question',
      'radar_answer',
      'radar_decision',
    ]) {
      const { rows } = await served().system.database.pool.query(
        `SELECT * FROM hotline.${relation} ORDER BY 1`,
      );
      found.push(rows);
    }
    return JSON.stringify(found);
  }

  it('每个带编号的操作都在两张表之一里', () => {
    const known = new Set([...Object.keys(everybodys), ...Object.keys(somebodys)]);
    expect(withIds.map(({ id }) => id).filter((id) => !known.has(id))).to.deep.equal([]);
    const there = new Set<string>(withIds.map(({ id }) => id));
    expect([...known].filter((id) => !there.has(id) && id in operations)).to.deep.equal([]);
  });

  const callers = ({ operation: { access } }: Documented): readonly Role[] =>
    typeof access === 'string' ? roles : access;

  for (const one of withIds) {
    const attemptOf = somebodys[one.id];
    if (!attemptOf) continue;
    it(`${one.id}：可以调用它的每个角色，在别的单位，都当它不存在或不由他办，答复里没有内容，什么也没有变`, async () => {
      const { ids, body, query = '', file, code } = attemptOf(theirs);
      const before = await standing();
      for (const role of callers(one)) {
        const reply = await send(served().url, `${pathOf(one.operation.path, ids)}${query}`, {
          method: one.operation.method.toUpperCase(),
          as: strangers.get(role) ?? 'nobody',
          ...(body ? { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) } : {}),
          ...(file ? { headers: fileHeaders, body: file } : {}),
        });
        const refused = problemIn(reply);
        expect(refused.code, `${role}: ${refused.detail}`).to.be.oneOf([code, 'access.denied']);
        for (const text of content) expect(reply.text, role).not.to.include(text);
      }
      expect(await standing()).to.equal(before);
    });
  }

  it('列表、收件箱、看板也不露别人的', async () => {
    for (const one of documented.filter(
      ({ id, operation }) =>
        operation.method === 'get' &&
        !operation.params &&
        operation.access !== 'anyone' &&
        id !== 'watchChanges',
    )) {
      const recipient = one.operation.query && 'recipient' in one.operation.query.shape;
      const path = `${one.operation.path}${recipient ? `?recipient=${encodeURIComponent('unit:某水务局')}` : ''}`;
      for (const [role, as] of strangers) {
        const { text } = await send(served().url, path, { as });
        for (const secret of content.slice(1, 3)) expect(text, `${one.id} ${role}`).not.to.include(secret);
        expect(text, `${one.id} ${role}`).not.to.include(theirs.no);
      }
    }
  });
});
