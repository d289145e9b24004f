/**
 * A database with some of everything, and changes by somebody with all rights: each is reported
 * with table, row and cause.
 */
import { indexTrail, sequence, signCheckpoint } from '../../src/accountability/index.js';
import { followTrail, sampleMethod } from '../../src/measures/assessment/index.js';
import { classifySheet, proposeMethod, proposePolicy } from '../../src/cases/index.js';
import { followDuties, recordShippedRegulation } from '../../src/law/regulation/index.js';
import { loadBoundaries } from '../../src/measures/warning/index.js';
import { newcomer, somebody } from '../support/people.js';
import { photoWithPlace } from '../support/sample-files.js';
import { accept, answered, dispatched, post, send, waterCut, type Served } from './serving.js';

/** @returns the number of the sheet with the most rows */
export async function live(served: Served): Promise<string> {
  const { system, url } = served;
  await recordShippedRegulation(system);
  const agent = await newcomer(system, { login: 'yi', roles: ['intake'] });
  const order = await dispatched(url);
  const { no } = order.sheet;
  const other = (await accept(url, { ...waterCut, title: '又停水' })).sheet.no;
  const member = (await accept(url, { ...waterCut, title: '还是停水' })).sheet.no;
  answered(
    'mergeWorkOrders',
    await post(
      url,
      `/api/work-orders/${other}/members`,
      { members: [member], reason: '一处停水' },
      {},
      agent,
    ),
  );
  const [task] = order.tasks;
  const officer = await served.people.doing(task?.role ?? null, '经办人', '某水务局');
  const path = '/api/tasks/assignments';
  answered('assignTasks', await post(url, path, { tasks: [task?.id], team: '抢修组' }, {}, officer));
  const file = { 'content-type': 'application/octet-stream', 'x-file-name': 'a.jpg' };
  answered(
    'addAttachment',
    await send(url, `/api/work-orders/${no}/attachments?shows=matter`, {
      ...{ method: 'POST', as: agent, headers: file, body: await photoWithPlace() },
    }),
  );
  const entry = {
    ...{ unit: '某水务局', title: '停水怎么办', body: '先查水表。', class: null, forPublic: false },
    ...{ reviewOn: '2026-12-01', reason: '新编' },
  };
  await post(url, '/api/knowledge', entry);
  const reveal = { purpose: 'reply', reason: '约定上门' };
  answered('revealCaller', await post(url, `/api/work-orders/${no}/caller/reveal`, reveal, {}, agent));
  await sequence(system.database);
  await followDuties(system.database, system.catalogues);
  await indexTrail(system.database);
  answered(
    'correctWorkOrder',
    await post(
      url,
      `/api/work-orders/${no}/corrections`,
      { basedOn: 0, reason: '听写有误', title: '小区停水三天', district: '历下区' },
      {},
      agent,
    ),
  );
  const leaf = (await system.database.transaction((transaction) => system.classTrees.current(transaction)))
    .leaves[0];
  await classifySheet(system, no, leaf?.code ?? '', agent.actor);
  await proposeMethod(
    system,
    {
      ...{
        content: sampleMethod(system.laws.today()),
        effectiveFrom: '2026-03',
        reason: '试行',
      },
    },
    somebody('林晓红'),
  );
  const [policy] = system.policies.catalogue.all;
  await proposePolicy(
    system,
    {
      ...{ key: policy?.key ?? '', value: policy?.value ?? '', effectiveOn: '2029-01-01' },
      ...{ reason: '试行', document: null },
    },
    somebody('林晓红'),
  );
  const ring = [
    [117, 36],
    [118, 36],
    [118, 37],
    [117, 36],
  ];
  const feature = {
    ...{ type: 'Feature', properties: { name: '历下区' } },
    geometry: { type: 'Polygon', coordinates: [ring] },
  };
  await loadBoundaries(system, JSON.stringify({ type: 'FeatureCollection', features: [feature] }), '测试');
  const channel = { recipient: 'unit:某水务局', kind: 'email', address: 'a@example.gov.cn' };
  answered('addChannel', await post(url, '/api/notification-channels', channel));
  const source = {
    ...{ name: '某平台', channel: 'app', proof: 'token' },
    mapping: { content: 'message.text', title: '"转来的"', kind: '"help"' },
  };
  answered('addChannelSource', await post(url, '/api/channel-sources', source));
  answered(
    'saveTextTemplate',
    await send(url, '/api/text-templates', {
      ...{ method: 'PUT', as: officer, headers: { 'content-type': 'application/json' } },
      body: JSON.stringify({ name: '已经恢复', text: '已经处理。', shared: true }),
    }),
  );
  await sequence(system.database);
  await followTrail(system.database, system.catalogues);
  await signCheckpoint({ ...system, signer: await system.signer() });
  return no;
}

export interface RowTampering {
  readonly what: string;
  readonly table: string;
  /** @param no number of the sheet with the most rows */
  readonly sql: (no: string) => string;
  readonly said: RegExp;
}

type Row = readonly [what: string, table: string, sql: (no: string) => string, said: RegExp];

const rows: readonly Row[] = [
  [
    '改了来电人说的话',
    'work_order',
    (no) => `UPDATE work_order SET content = '无事' WHERE no = '${no}'`,
    /内容不是轨迹所记的/,
  ],
  [
    '改回更正以前的标题',
    'work_order',
    (no) => `UPDATE work_order SET title = '停水' WHERE no = '${no}'`,
    /标题不是轨迹所记的/,
  ],
  [
    '改了收到的时刻',
    'work_order',
    (no) => `UPDATE work_order SET received_at = received_at + interval '1 day' WHERE no = '${no}'`,
    /收到的时刻/,
  ],
  [
    '添了一张没有轨迹的工单',
    'work_order',
    () =>
      `INSERT INTO work_order (no, realm, channel, kind, title, content, reply_wanted, confidential, received_at) VALUES ('20260302-999999', 'live', 'phone', 'help', '无', '无', true, false, now())`,
    /20260302-999999：是多出来的/,
  ],
  [
    '把工单结了',
    'process_case',
    (no) => `UPDATE process_case SET ended_at = now() WHERE business_key = '${no}'`,
    /办理的现状/,
  ],
  [
    '改了变量',
    'process_case',
    (no) => `UPDATE process_case SET variables = '{}' WHERE business_key = '${no}'`,
    /办理的现状/,
  ],
  [
    '改了级别',
    'process_case',
    (no) => `UPDATE process_case SET level = 'red' WHERE business_key = '${no}'`,
    /级别现在是 red，应为 （空）/,
  ],
  [
    '待办的界限推后九十天',
    'task',
    () => `UPDATE task SET limit_at = limit_at + interval '90 days' WHERE limit_at < 'infinity'`,
    /界限现在是 2026-0[67]/,
  ],
  ['待办给了别的岗位', 'task', () => `UPDATE task SET role = 'auditor'`, /岗位现在是 auditor/],
  ['删了待办', 'task', () => `DELETE FROM task`, /不见了/],
  [
    '期限推后九十天',
    'deadline',
    () =>
      `UPDATE deadline SET due_at = due_at + interval '90 days', claim_at = claim_at + interval '90 days'`,
    /届满现在是/,
  ],
  ['删了期限', 'deadline', () => `DELETE FROM deadline`, /不见了/],
  [
    '给自己加了角色',
    'role_grant',
    () => `INSERT INTO role_grant SELECT id, 'inspector', now(), '无', 1 FROM person WHERE login = 'yi'`,
    /yi inspector：是多出来的/,
  ],
  [
    '违反的义务改成履行了的',
    'case_duty',
    (no) =>
      `UPDATE case_duty SET state = 'satisfied', violated_at = NULL, due = due + interval '90 days' WHERE stream = '${no}' AND due IS NOT NULL`,
    /法定义务应为.*open/,
  ],
  ['删了义务', 'case_duty', (no) => `DELETE FROM case_duty WHERE stream = '${no}'`, /法定义务应为/],
  [
    '从查找里拿掉',
    'trail_search',
    (no) => `DELETE FROM trail_search WHERE index IN (SELECT index FROM trail_leaf WHERE stream = '${no}')`,
    /第 1 条查找不到/,
  ],
  [
    '把别的工单并了进来',
    'merged_sheet',
    (no) =>
      `INSERT INTO merged_sheet SELECT no, '${no}', now(), '无' FROM work_order WHERE no <> '${no}' ON CONFLICT DO NOTHING`,
    /：是多出来的/,
  ],
  [
    '分派给了别人',
    'assignment',
    (no) =>
      `INSERT INTO assignment SELECT id, '某城管局', business_key, '无', NULL, now(), '无' FROM process_case WHERE business_key = '${no}'`,
    /某城管局：是多出来的/,
  ],
  [
    '改了照片的哈希',
    'attachment',
    () => `UPDATE attachment SET kept_sha256 = repeat('0', 64)`,
    /留存的哈希现在是 0/,
  ],
  ['删了照片', 'attachment', () => `DELETE FROM attachment`, /不见了/],
  [
    '改了分派给谁',
    'assignment',
    () => `UPDATE assignment SET team = '别的组'`,
    /组现在是 别的组，应为 抢修组/,
  ],
  ['删了分派', 'assignment', () => `DELETE FROM assignment`, /不见了/],
  ['改并到别的主单', 'merged_sheet', (no) => `UPDATE merged_sheet SET lead = '${no}'`, /主单现在是/],
  ['拆出并入的', 'merged_sheet', () => `DELETE FROM merged_sheet`, /不见了/],
  [
    '改了谁承办',
    'case_party',
    (no) => `UPDATE case_party SET party = '别的局' WHERE business_key = '${no}'`,
    /承办单位 别的局：是多出来的/,
  ],
  [
    '让一个单位看不见这张工单',
    'case_barred',
    (no) =>
      `INSERT INTO case_barred SELECT '某水务局', id, business_key, true FROM process_case WHERE business_key = '${no}'`,
    /须回避的单位 某水务局：是多出来的/,
  ],
  [
    '塞进一件异常',
    'incident',
    (no) =>
      `INSERT INTO incident (case_id, realm, key, kind, instance, process, version, of, timer, due_at, code, why, since, tries, next_try)
         SELECT id, 'live', 'timer/1/9', 'timer', 1, 'handling', 1, 'x', '9', now(), 'flow.endless', '无', now(), 1, 'infinity' FROM process_case WHERE business_key = '${no}'`,
    /timer\/1\/9：是多出来的/,
  ],
  [
    '对调两个封存的文字',
    'sealed_value',
    () =>
      `UPDATE sealed_value s SET box = o.box FROM sealed_value o WHERE (s.stream, s.seq, s.name) <> (o.stream, o.seq, o.name)`,
    /密文打不开/,
  ],
  [
    '封存的文字换成明文',
    'sealed_value',
    () => `UPDATE sealed_value SET box = convert_to('什么也没说', 'UTF8')`,
    /密文打不开/,
  ],
  [
    '塞进一段封存的文字',
    'sealed_value',
    (no) =>
      `INSERT INTO sealed_value SELECT stream, seq, 'x', box FROM sealed_value WHERE stream = '${no}' LIMIT 1`,
    /x：是多出来的/,
  ],
  [
    '添了一次没有的查看',
    'personal_data_read',
    (no) =>
      `INSERT INTO personal_data_read SELECT stream, 99, now(), 'yi', '${no}', '无', '{}' FROM trail_entry WHERE stream LIKE 'reads:%' LIMIT 1`,
    /第 99 条：是多出来的/,
  ],
  [
    '删了查看来电人资料的记录',
    'personal_data_read',
    () => `DELETE FROM personal_data_read`,
    /第 1 条：不见了/,
  ],
  [
    '改了是谁查看的',
    'personal_data_read',
    () => `UPDATE personal_data_read SET reader = 'bie'`,
    /谁现在是 bie，应为 yi/,
  ],
  [
    '换了来电人的联系方式',
    'caller',
    () => `UPDATE caller c SET contact = o.contact FROM caller o WHERE o.work_order <> c.work_order`,
    /联系方式不是轨迹所记的/,
  ],
  [
    '塞进一处线索的依据',
    'radar_place',
    (no) => `INSERT INTO radar_place VALUES (9, '${no}', 1)`,
    /第 1 条：是多出来的/,
  ],
  [
    '塞进一次知识库的逾期',
    'knowledge_lapse',
    () => `INSERT INTO knowledge_lapse VALUES (1, '2026-12-01', '无', now())`,
    /第 1 条 2026-12-01：是多出来的/,
  ],
  [
    '改了单位的模板是什么时候存的',
    'text_template',
    () => `UPDATE text_template SET saved_at = saved_at - interval '1 day'`,
    /何时现在是/,
  ],
  [
    '改了什么时候并的单、谁并的',
    'merged_sheet',
    () => `UPDATE merged_sheet SET merged_by = '别人'`,
    /谁现在是 别人/,
  ],
  [
    '改了知识库的正文',
    'knowledge_entry',
    () => `UPDATE knowledge_entry SET body = '不用管'`,
    /第 1 条：内容现在是/,
  ],
  [
    '改了知识库的旧版',
    'knowledge_version',
    () => `UPDATE knowledge_version SET review_on = '2030-01-01'`,
    /复核现在是 2030-01-01/,
  ],
  [
    '塞进一版其他渠道的表',
    'other_channel_set',
    () => `INSERT INTO other_channel_set VALUES (99, '[]', '无', now(), '无')`,
    /第 99 版：是多出来的/,
  ],
  [
    '塞进一份告知来电人的文本',
    'message_template',
    () => `INSERT INTO message_template VALUES ('closed', 'en', 9, 'x', 'x', now(), '无')`,
    /closed en 第 9 版：是多出来的/,
  ],
  [
    '塞进一张照片',
    'attachment',
    (no) =>
      `INSERT INTO attachment VALUES ('x', '${no}', 'after', 'picture', 'image/jpeg', ''::bytea, ''::bytea, now(), '无', repeat('0', 64), 1, repeat('0', 64), 1, 1)`,
    /x：是多出来的/,
  ],
  [
    '塞进一份放假安排',
    'calendar_notice',
    () =>
      `INSERT INTO calendar_notice (kind, title, document, days, sha256, loaded_at, loaded_by) VALUES ('local', '放假', '测试发〔2026〕9号', '[]', repeat('0', 64), now(), '无')`,
    /测试发〔2026〕9号：是多出来的/,
  ],
  [
    '添了一件没有轨迹的办理',
    'process_case',
    () =>
      `INSERT INTO process_case (business_key, realm, variables, standing, started_at) VALUES ('20260302-888888', 'live', '{}', '[[],[],[],null]', now())`,
    /20260302-888888：是多出来的/,
  ],
  [
    '添了一项不属于哪件的待办',
    'task',
    () =>
      `INSERT INTO task (case_id, instance, token, realm, process, element, name, opened_at) VALUES (999999, 1, 'x', 'live', 'handling', 'Task_X', '无', now())`,
    /999999 Task_X：是多出来的/,
  ],
  [
    '收回了角色',
    'role_grant',
    () => `DELETE FROM role_grant WHERE person = (SELECT id FROM person WHERE login = 'yi')`,
    /yi intake：不见了/,
  ],
  ['改了人的单位', 'person', () => `UPDATE person SET name = '别人' WHERE login = 'yi'`, /姓名现在是 别人/],
  [
    '重开停用的帐号',
    'person',
    () => `UPDATE person SET closed_at = now() WHERE login = 'yi'`,
    /在用现在是 否，应为 是/,
  ],
  ['单位改了名', 'unit', () => `UPDATE unit SET name = '别的局' WHERE name = '某水务局'`, /某水务局：不见了/],
  [
    '换了流程图',
    'definition',
    () => `UPDATE definition SET xml = xml || ' ' WHERE key = 'handling'`,
    /流程图现在是/,
  ],
  [
    '连摘要一起换',
    'definition',
    () =>
      `UPDATE definition SET xml = xml || ' ', sha256 = encode(sha256(convert_to(xml || ' ', 'UTF8')), 'hex') WHERE key = 'handling'`,
    /流程图现在是/,
  ],
  [
    '加了谁也没有部署的一版',
    'definition',
    () =>
      `INSERT INTO definition (key, version, name, sha256, xml, deployed_at, in_force_from) SELECT key, 9, name, sha256, xml, deployed_at, in_force_from FROM definition WHERE key = 'handling'`,
    /handling 第 9 版：是多出来的/,
  ],
  [
    '改了记下的条例',
    'regulation_version',
    () => `UPDATE regulation_version SET content = content || '\\x20'::bytea`,
    /内容现在是/,
  ],
  [
    '谁也没有提出的政策',
    'policy_proposal',
    () =>
      `INSERT INTO policy_proposal (key, value, author, login, reason, effective_on, proposed_at) VALUES ('x', 'y', '无', '无', '无', '2026-03-03', now())`,
    /号提案：是多出来的/,
  ],
  ['删了一段封存的文字', 'sealed_value', () => `DELETE FROM sealed_value`, /没有清除它的条目/],
  ['改了归类', 'sheet_class', () => `UPDATE sheet_class SET code = '99'`, /编码现在是 99/],
  [
    '塞进一次催办',
    'caller_act',
    (no) => `INSERT INTO caller_act (work_order, kind, at) VALUES ('${no}', 'urged', now())`,
    /urged 1：是多出来的/,
  ],
  [
    '塞进一处疑似警情',
    'emergency_mark',
    (no) => `INSERT INTO emergency_mark VALUES ('${no}', 1, '[]', now(), NULL)`,
    /第 1 条：是多出来的/,
  ],
  [
    '说是上级转来的',
    'upstream_sheet',
    (no) =>
      `INSERT INTO upstream_sheet (work_order, source, number) SELECT '${no}', id, 'X1' FROM channel_source`,
    /是多出来的/,
  ],
  [
    '说告知过来电人',
    'outbox',
    (no) =>
      `INSERT INTO outbox (kind, key, recipient, occasion, sheet, about, added_at, settled_at, outcome)
       VALUES ('message.send', 'x', '', '', '${no}', '{"occasion":"closed","entry":1,"language":"zh","template":0}', now(), now(), 'sent')`,
    /closed 第 1 条：是多出来的/,
  ],
  [
    '改了来源从消息的哪里取',
    'channel_source',
    () => `UPDATE channel_source SET mapping = '{"content":"\\"好\\""}'`,
    /取自现在是/,
  ],
  [
    '通知改发到别的主机',
    'notification_channel',
    () => `UPDATE notification_channel SET address = 'a@example.com'`,
    /主机现在是 example.com/,
  ],
  [
    '塞进一个事件订阅',
    'event_subscription',
    () =>
      `INSERT INTO client_system (name, created_at, created_by) VALUES ('别人', now(), '无'); INSERT INTO event_subscription (system, address, types, secret, created_at, created_by) SELECT id, 'https://example.com/a', '{x}', ''::bytea, now(), '无' FROM client_system`,
    /是多出来的/,
  ],
  ['改了单位的模板', 'text_template', () => `UPDATE text_template SET body = '不予受理。'`, /文字现在是/],
  ['改了区县边界', 'district_boundary', () => `UPDATE district_boundary SET name = '市中区'`, /内容现在是/],
  [
    '塞进一版分类',
    'classification',
    () =>
      `INSERT INTO classification VALUES (9, '无', repeat('0', 64), now(), '无', '[{"code":"01","name":"别的","parent":null,"trade":null}]')`,
    /第 9 版：是多出来的/,
  ],
  [
    '塞进一份条例原文',
    'regulation_text',
    () =>
      `INSERT INTO regulation_text (regulation, version, source, sha256, body, sentences, effective_from, loaded_by, loaded_at) SELECT regulation, version, 'x.txt', repeat('0', 64), 'x', '[]', '2022-05-01', '无', now() FROM regulation_version LIMIT 1`,
    /第 1 份：是多出来的/,
  ],
  [
    '改了提出的考核办法',
    'assessment_method_proposal',
    () => `UPDATE assessment_method_proposal SET content = '{}'`,
    /内容现在是/,
  ],
  [
    '塞进一个对办法的批准',
    'assessment_method_ruling',
    () =>
      `INSERT INTO assessment_method_ruling (proposal, decision, actor, login, reason, document, ruled_at) SELECT id, 'approve', '无', '无', '无', 'x', now() FROM assessment_method_proposal`,
    /是多出来的/,
  ],
  [
    '塞进一个不计的申请',
    'assessment_exclusion',
    (no) =>
      `INSERT INTO assessment_exclusion (stream, measure, opened, period, unit, ground, applied_by, login, applied_at) VALUES ('${no}', 'x', 1, '2026-03', '某水务局', '无', '无', '无', now())`,
    /是多出来的/,
  ],
  [
    '塞进一个准予不计',
    'assessment_exclusion_ruling',
    (no) =>
      `INSERT INTO assessment_exclusion (stream, measure, opened, period, unit, ground, applied_by, login, applied_at) VALUES ('${no}', 'x', 1, '2026-03', '某水务局', '无', '无', '无', now()); INSERT INTO assessment_exclusion_ruling (exclusion, granted, reason, ruled_by, login, ruled_at) SELECT id, true, '无', '无', '无', now() FROM assessment_exclusion`,
    /是多出来的/,
  ],
  [
    '塞进一份公开',
    'assessment_publication',
    () =>
      `INSERT INTO assessment_publication (kind, period, version, content, drafted_by, drafted_at) VALUES ('public', '2026-02', 1, '{}', '无', now())`,
    /是多出来的/,
  ],
  [
    '塞进一次发布',
    'assessment_publication_act',
    () =>
      `INSERT INTO assessment_publication (kind, period, version, content, drafted_by, drafted_at) VALUES ('public', '2026-01', 1, '{}', '无', now()); INSERT INTO assessment_publication_act (publication, seq, act, actor, login, at, content) SELECT id, 1, 'publish', '无', '无', now(), '{}' FROM assessment_publication`,
    /是多出来的/,
  ],
  [
    '添了一项考核的计数',
    'assessment_fact',
    (no) =>
      `INSERT INTO assessment_fact (realm, stream, measure, opened, decided, at, period, unit, met, round, kind, area, district) VALUES ('live', '${no}', 'x', 1, 1, now(), '2026-03', '某水务局', true, 1, '', '', '')`,
    /考核现在计着/,
  ],
  [
    '改了考核的合计',
    'assessment_tally',
    () => `INSERT INTO assessment_tally VALUES ('live', '2026-03', '某水务局', 'onTime', '', 9, 9)`,
    /合计现在是 9\/9，各项相加是 0\/0/,
  ],
  [
    '改了考核的分布',
    'assessment_spread',
    () => `INSERT INTO assessment_spread VALUES ('live', '2026-03', 'onTime', '历下区', '', 9, 9)`,
    /合计现在是 9\/9/,
  ],
  [
    '塞进一件预警',
    'warning',
    (no) =>
      `INSERT INTO warning (sort, district, matter, since, tipped_at, tipped_by, raised_at, observed, sheets, last_at) VALUES ('rise', '历下区', 'x', now(), now(), '${no}', now(), 9, 9, now())`,
    /是多出来的/,
  ],
  [
    '把预警说成误报',
    'warning_act',
    (no) =>
      `INSERT INTO warning (sort, district, matter, since, tipped_at, tipped_by, raised_at, observed, sheets, last_at) VALUES ('rise', '历下区', 'x', now(), now(), '${no}', now(), 9, 9, now()); INSERT INTO warning_act (warning, act, reason, actor, at) SELECT id, 'dismissed', '无', '无', now() FROM warning`,
    /是多出来的/,
  ],
  [
    '塞进一个专题研究',
    'study_suggestion',
    () =>
      `INSERT INTO study_suggestion (district, matter, unit, reason, suggested_by, suggested_at) VALUES ('历下区', 'x', '某水务局', '无', '无', now())`,
    /是多出来的/,
  ],
  [
    '塞进一个专题研究的答复',
    'study_answer',
    () =>
      `INSERT INTO study_suggestion (district, matter, unit, reason, suggested_by, suggested_at) VALUES ('历下区', 'x', '某水务局', '无', '无', now()); INSERT INTO study_answer SELECT id, true, '无', '无', now() FROM study_suggestion`,
    /是多出来的/,
  ],
  [
    '塞进一个政策决定',
    'policy_ruling',
    () =>
      `INSERT INTO policy_ruling (proposal_id, decision, actor, login, reason, ruled_at) SELECT max(id), 'approve', '无', '无', '无', now() FROM policy_proposal`,
    /的决定：是多出来的/,
  ],
];

export const rowTamperings: readonly RowTampering[] = rows.map(([what, table, sql, said]) => ({
  ...{ what, table },
  ...{ sql, said },
}));
