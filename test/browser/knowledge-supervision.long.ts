/** 知识库督办: from the worklist and the inbox to its page; the supervisor urges, and the unit ends it by rewriting. */
import { expect } from 'chai';
import { superviseLapses, writeKnowledge } from '../../src/cases/index.js';
import { useServer } from '../http/serving.js';
import { seriousFindings } from './axe.js';
import { printed } from './printed.js';
import { moveTo } from './seed.js';
import { foreignWords, useBrowser } from './visit.js';
import { deciding } from '../support/policies.js';

describe('控制台：知识库督办', () => {
  const served = useServer();
  const visit = useBrowser(served);

  it('第二十八条第三项：督办人员从待办打开、督促；单位从收件箱打开、改写条目，督办结束，督办单打印成一页', async () => {
    const { system, url } = served();
    const supervisor = await visit('/knowledge', 'duban');
    const text = {
      unit: '市水务局',
      class: null,
      forPublic: false,
      title: '停水怎么查',
      body: '先查计划停水公告。',
      reviewOn: '2026-03-20',
    };
    const id = await writeKnowledge(system, { text, act: { actor: '经办人甲', reason: '新写' } });
    const no = `知识库-${id}-2026-03-20`;
    await moveTo(served(), '2026-03-23T09:00:00+08:00');
    expect(await superviseLapses(deciding(system, { knowledgeLapse: 'order' }))).to.equal(1);

    await supervisor.page.goto(`${url}/worklist`);
    await supervisor.page.getByRole('row', { name: /知识库条目：停水怎么查.*市热线工作机构督促/ }).click();
    await supervisor.page.getByRole('heading', { name: '知识库督办' }).waitFor();
    await supervisor.page.getByText('应在 2026-03-20 以前复核，没有复核').waitFor();
    await supervisor.page.getByText(`${no}-督1`).waitFor();
    expect(await foreignWords(supervisor.page)).to.deep.equal([]);
    expect((await seriousFindings(supervisor.page)).join('\n')).to.equal('');
    const urge = supervisor.page.getByRole('form', { name: '市热线工作机构督促' });
    await urge.getByLabel('督促方式和经过').fill('电话督促，答应三日内改好');
    await urge.getByRole('button', { name: '办结“市热线工作机构督促”' }).click();
    await urge.waitFor({ state: 'detached' });
    await supervisor.page.getByText('哈希链完整').waitFor();

    const unit = await visit('/inbox', 'chengban');
    await unit.page.getByRole('link', { name: '知识库条目逾期未复核，已发督办单' }).click();
    await unit.page.getByRole('heading', { name: '停水怎么查' }).waitFor();
    await unit.page.getByRole('button', { name: '改写', exact: true }).click();
    await unit.page.getByLabel('最迟哪一天复核').fill('2026-09-20');
    await unit.page.getByLabel('标题').fill('停水在哪里查');
    await unit.page.getByLabel('为什么改').fill('核对过，内容没有变');
    await unit.page.getByRole('button', { name: '存为第 2 版' }).click();
    await unit.page.getByText('✓ 督办已经结束').waitFor();
    await unit.page.getByText('督办已经结束，没有要办的事。').waitFor();

    await unit.page.getByRole('link', { name: `${no}-督1` }).click();
    await unit.page.getByRole('article', { name: '督办单' }).getByText('市水务局：').first().waitFor();
    expect(await foreignWords(unit.page)).to.deep.equal([]);
    expect((await seriousFindings(unit.page)).join('\n')).to.equal('');
    const { sheets, said } = await printed(unit.page);
    expect(await unit.page.getByRole('navigation', { name: '主导航' }).isVisible()).to.equal(false);
    expect(sheets).to.equal(1);
    for (const part of [
      `编号：${no}-督1`,
      `条目编号知识库条目${id}，第1版`,
      '停水怎么查',
      '不限于一类',
      '复核日期（第三十四条第二款），2026年3月20日24时届满',
      '知识库维护更新不及时，更新内容不符合要求',
      '第二十八条第一款第三项',
      '签发日期：2026年3月23日',
      '办理期限2026年3月26日24时以前',
      '签发机关：市热线工作机构（印章）',
      '签收单位：市水务局（印章）',
      '改写或者撤下条目',
    ]) {
      expect(said).to.include(part.normalize('NFKC'));
    }
    expect(said).not.to.include('来电人').and.not.to.include('热线事项由你单位');
    await unit.page.emulateMedia({ media: 'screen' });
    await unit.page.getByRole('link', { name: `回到督办 ${no}` }).click();
    await unit.page.getByText('✓ 督办已经结束').waitFor();

    await unit.page.getByRole('link', { name: '知识库', exact: true }).last().click();
    await unit.page.getByRole('button', { name: '停水在哪里查' }).click();
    await unit.page.getByRole('list', { name: '督办' }).getByText('已经结束').waitFor();
    await unit.page.getByRole('link', { name: no }).click();
    await unit.page.getByText('✓ 督办已经结束').waitFor();
    expect([...supervisor.complaints, ...unit.complaints]).to.deep.equal([]);
  });
});
