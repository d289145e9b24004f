/** What somebody with all rights changes in the tables is named by verification: the row, what it is, what it should be. */
import { expect } from 'chai';
import { indexTrail, sequence, verifyTrail } from '../../src/accountability/index.js';
import { newcomer, sessionOf } from '../support/people.js';
import { followDuties, recordShippedRegulation } from '../../src/regulation/index.js';
import { asOwner } from '../support/owner.js';
import { photoWithPlace } from '../support/sample-files.js';
import { whileTampered } from '../support/tamper.js';
import { accept, answered, dispatched, post, send, useServer, waterCut } from './serving.js';

describe('表里的行与轨迹对照(第二十二条、第四十条)', () => {
  const served = useServer({ at: '2026-03-02T10:00:00+08:00' });
  let no: string;
  let other: string;

  const findings = async () =>
    (await verifyTrail(served().system)).findings.filter(({ attack }) => attack !== 'unguarded');

  before(async () => {
    const { system, url } = served();
    await recordShippedRegulation(system);
    const agent = await newcomer(system, { login: 'yi', roles: ['intake'] });
    const order = await dispatched(url);
    no = order.sheet.no;
    other = (await accept(url, { ...waterCut, title: '又停水' })).sheet.no;
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
    const officer = await served().people.doing(task?.role ?? null, '经办人', '某水务局');
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
  });

  it('没有改动的,全部成立', async () => {
    expect(await findings()).to.deep.equal([]);
  });

  const cases: readonly (readonly [what: string, table: string, sql: () => string, said: RegExp])[] = [
    [
      '改了来电人说的话',
      'work_order',
      () => `UPDATE work_order SET content = '无事' WHERE no = '${no}'`,
      /内容不是轨迹所记的/,
    ],
    [
      '改回更正以前的标题',
      'work_order',
      () => `UPDATE work_order SET title = '停水' WHERE no = '${no}'`,
      /标题不是轨迹所记的/,
    ],
    [
      '改了收到的时刻',
      'work_order',
      () => `UPDATE work_order SET received_at = received_at + interval '1 day' WHERE no = '${no}'`,
      /收到的时刻/,
    ],
    [
      '添了一张没有轨迹的工单',
      'work_order',
      () =>
        `INSERT INTO work_order (no, realm, channel, kind, title, content, reply_wanted, confidential, received_at) VALUES ('20260302-999999', 'live', 'phone', 'help', '无', '无', true, false, now())`,
      /20260302-999999:是多出来的/,
    ],
    [
      '把工单结了',
      'process_case',
      () => `UPDATE process_case SET ended_at = now() WHERE business_key = '${no}'`,
      /办理的现状/,
    ],
    [
      '改了变量',
      'process_case',
      () => `UPDATE process_case SET variables = '{}' WHERE business_key = '${no}'`,
      /办理的现状/,
    ],
    [
      '改了级别',
      'process_case',
      () => `UPDATE process_case SET level = 'red' WHERE business_key = '${no}'`,
      /级别现在是 red,应为 \(空\)/,
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
      /yi inspector:是多出来的/,
    ],
    [
      '违反的义务改成履行了的',
      'case_duty',
      () =>
        `UPDATE case_duty SET state = 'satisfied', violated_at = NULL, due = due + interval '90 days' WHERE stream = '${no}' AND due IS NOT NULL`,
      /法定义务应为.*open/,
    ],
    ['删了义务', 'case_duty', () => `DELETE FROM case_duty WHERE stream = '${no}'`, /法定义务应为/],
    [
      '从查找里拿掉',
      'trail_search',
      () => `DELETE FROM trail_search WHERE index IN (SELECT index FROM trail_leaf WHERE stream = '${no}')`,
      /第 1 条查找不到/,
    ],
    [
      '把别的工单并了进来',
      'merged_sheet',
      () =>
        `INSERT INTO merged_sheet SELECT no, '${no}', now(), '无' FROM work_order WHERE no <> '${no}' ON CONFLICT DO NOTHING`,
      /:是多出来的/,
    ],
    [
      '分派给了别人',
      'assignment',
      () =>
        `INSERT INTO assignment SELECT id, '某城管局', business_key, '无', NULL, now(), '无' FROM process_case WHERE business_key = '${no}'`,
      /某城管局:是多出来的/,
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
      /组现在是 别的组,应为 抢修组/,
    ],
    ['删了分派', 'assignment', () => `DELETE FROM assignment`, /不见了/],
    ['改并到别的主单', 'merged_sheet', () => `UPDATE merged_sheet SET lead = '${no}'`, /主单现在是/],
    ['拆出并入的', 'merged_sheet', () => `DELETE FROM merged_sheet`, /不见了/],
    [
      '改了谁承办',
      'case_party',
      () => `UPDATE case_party SET party = '别的局' WHERE business_key = '${no}'`,
      /承办单位 别的局:是多出来的/,
    ],
    [
      '让一个单位看不见这张工单',
      'case_barred',
      () =>
        `INSERT INTO case_barred SELECT '某水务局', id, business_key, true FROM process_case WHERE business_key = '${no}'`,
      /须回避的单位 某水务局:是多出来的/,
    ],
    [
      '塞进一件异常',
      'incident',
      () =>
        `INSERT INTO incident (case_id, realm, key, kind, instance, process, version, of, timer, due_at, code, why, since, tries, next_try)
         SELECT id, 'live', 'timer/1/9', 'timer', 1, 'handling', 1, 'x', '9', now(), 'flow.endless', '无', now(), 1, 'infinity' FROM process_case WHERE business_key = '${no}'`,
      /timer\/1\/9:是多出来的/,
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
      () =>
        `INSERT INTO sealed_value SELECT stream, seq, 'x', box FROM sealed_value WHERE stream = '${no}' LIMIT 1`,
      /x:是多出来的/,
    ],
    [
      '添了一次没有的查看',
      'personal_data_read',
      () =>
        `INSERT INTO personal_data_read SELECT stream, 99, now(), 'yi', '${no}', '无', '{}' FROM trail_entry WHERE stream LIKE 'reads:%' LIMIT 1`,
      /第 99 条:是多出来的/,
    ],
    [
      '改了知识库的正文',
      'knowledge_entry',
      () => `UPDATE knowledge_entry SET body = '不用管'`,
      /第 1 条:内容现在是/,
    ],
    [
      '改了知识库的旧版',
      'knowledge_version',
      () => `UPDATE knowledge_version SET review_on = '2030-01-01'`,
      /复核现在是 2030-01-01/,
    ],
    [
      '塞进一版转办规则',
      'dispatch_rule_set',
      () => `INSERT INTO dispatch_rule_set VALUES (99, '[]', '无', now(), '无')`,
      /第 99 版:是多出来的/,
    ],
    [
      '塞进一版其他渠道的表',
      'other_channel_set',
      () => `INSERT INTO other_channel_set VALUES (99, '[]', '无', now(), '无')`,
      /第 99 版:是多出来的/,
    ],
    [
      '塞进一份告知来电人的文本',
      'message_template',
      () => `INSERT INTO message_template VALUES ('closed', 'en', 9, 'x', 'x', now(), '无')`,
      /closed en 第 9 版:是多出来的/,
    ],
    [
      '塞进一张照片',
      'attachment',
      () =>
        `INSERT INTO attachment VALUES ('x', '${no}', 'after', 'picture', 'image/jpeg', ''::bytea, ''::bytea, now(), '无', repeat('0', 64), 1, repeat('0', 64), 1, 1)`,
      /x:是多出来的/,
    ],
    [
      '塞进一份放假安排',
      'calendar_notice',
      () =>
        `INSERT INTO calendar_notice (kind, title, document, days, sha256, loaded_at, loaded_by) VALUES ('local', '放假', '测试发〔2026〕9号', '[]', repeat('0', 64), now(), '无')`,
      /测试发〔2026〕9号:是多出来的/,
    ],
    [
      '添了一件没有轨迹的办理',
      'process_case',
      () =>
        `INSERT INTO process_case (business_key, realm, variables, standing, started_at) VALUES ('20260302-888888', 'live', '{}', '[[],[],[],null]', now())`,
      /20260302-888888:是多出来的/,
    ],
    [
      '添了一项不属于哪件的待办',
      'task',
      () =>
        `INSERT INTO task (case_id, instance, token, realm, process, element, name, opened_at) VALUES (999999, 1, 'x', 'live', 'handling', 'Task_X', '无', now())`,
      /999999 Task_X:是多出来的/,
    ],
    [
      '收回了角色',
      'role_grant',
      () => `DELETE FROM role_grant WHERE person = (SELECT id FROM person WHERE login = 'yi')`,
      /yi intake:不见了/,
    ],
    ['改了人的单位', 'person', () => `UPDATE person SET name = '别人' WHERE login = 'yi'`, /姓名现在是 别人/],
    [
      '重开停用的帐号',
      'person',
      () => `UPDATE person SET closed_at = now() WHERE login = 'yi'`,
      /在用现在是 否,应为 是/,
    ],
    [
      '单位改了名',
      'unit',
      () => `UPDATE unit SET name = '别的局' WHERE name = '某水务局'`,
      /某水务局:不见了/,
    ],
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
        `INSERT INTO definition (key, version, name, runtime, sha256, xml, deployed_at, in_force_from) SELECT key, 9, name, runtime, sha256, xml, deployed_at, in_force_from FROM definition WHERE key = 'handling'`,
      /handling 第 9 版:是多出来的/,
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
        `INSERT INTO policy_proposal (key, value, author, reason, effective_on, proposed_at) VALUES ('x', 'y', '无', '无', '2026-03-03', now())`,
      /号提案:是多出来的/,
    ],
  ];
  for (const [what, table, sql, said] of cases) {
    it(`${what}:点名 ${table}`, async () => {
      await whileTampered(served().system.database.url, [table], [[sql()]], async () => {
        const found = await findings();
        expect(found.map(({ row }) => row?.table)).to.include(table);
        expect(found.map(({ detail }) => detail).join('\n')).to.match(said);
      });
    });
  }

  it('工单页写明哪几项不是轨迹所记的', async () => {
    const { system, url } = served();
    const altered = async () =>
      (answered('readWorkOrder', await send(url, `/api/work-orders/${no}`)) as { altered: string[] }).altered;
    expect(await altered()).to.deep.equal([]);
    const changed = `UPDATE work_order SET content = '无事' WHERE no = '${no}'`;
    await whileTampered(system.database.url, ['work_order'], [[changed]], async () => {
      expect(await altered()).to.deep.equal(['内容']);
    });
    const closed = `UPDATE process_case SET ended_at = now() WHERE business_key = '${no}'`;
    await whileTampered(system.database.url, ['process_case'], [[closed]], async () => {
      expect(await altered()).to.deep.equal(['办理的现状']);
    });
  });

  it('塞进去的角色什么也不给:没有授予它的条目,或者指着别的条目、已经收回的授予', async () => {
    const { system, url } = served();
    const watcher = await newcomer(system, { login: 'jia', roles: ['inspector'] });
    const asked = async () =>
      (await send(url, '/api/accountability', { as: { ...watcher, ...(await sessionOf(system, 'jia')) } }))
        .status;
    const [granted] = await system.database.transaction((transaction) =>
      transaction.query<{ entry: number }>(
        `SELECT entry FROM hotline.role_grant WHERE role = 'inspector' AND person = (SELECT id FROM hotline.person WHERE login = 'jia')`,
      ),
    );
    expect(await asked()).to.equal(200);
    await system.identity.people.revoke('jia', 'inspector', '安全管理员');
    expect(await asked()).to.equal(403);
    for (const entry of [1, granted?.entry ?? 0, 999_999]) {
      const slipped = `INSERT INTO role_grant SELECT id, 'inspector', now(), '无', ${entry} FROM person WHERE login = 'jia'`;
      await whileTampered(system.database.url, ['role_grant'], [[slipped]], async () => {
        expect(await asked(), `entry ${entry}`).to.equal(403);
      });
    }
  });

  it('改过又改回去的,全部成立', async () => {
    expect(await findings()).to.deep.equal([]);
  });

  const guards: readonly (readonly [what: string, sql: string, back: string, said: RegExp])[] = [
    [
      '把挡住修改的函数换成什么也不做的',
      'CREATE OR REPLACE FUNCTION hotline.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$',
      '',
      /函数 refuse_change 的内容被换过/,
    ],
    [
      '让程序的角色能改轨迹',
      'GRANT UPDATE, DELETE ON hotline.trail_entry TO hotline_app',
      'REVOKE UPDATE, DELETE ON hotline.trail_entry FROM hotline_app',
      /表 trail_entry 与本程序的结构不符.*update/,
    ],
    [
      '打开来电人资料的围栏',
      'ALTER TABLE hotline.caller DISABLE ROW LEVEL SECURITY',
      'ALTER TABLE hotline.caller ENABLE ROW LEVEL SECURITY',
      /表 caller/,
    ],
    [
      '去掉触发器',
      'DROP TRIGGER definition_append_only ON hotline.definition',
      '',
      /表 definition 上挡住修改、删除、清空的触发器不全/,
    ],
  ];
  for (const [what, sql, back, said] of guards) {
    it(`${what}:点名`, async () => {
      await asOwner(served().system.database.url, sql);
      const { findings: found } = await verifyTrail(served().system);
      expect(found.map(({ detail }) => detail).join('\n')).to.match(said);
      if (back !== '') await asOwner(served().system.database.url, back);
    });
  }
});
