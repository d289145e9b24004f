/** 督办单: printed as a separate page and read back from the PDF; and the pauses on the case's axis. */
import { expect } from 'chai';
import { sendMessage } from '../../src/cases/index.js';
import {
  accept,
  answered,
  complete,
  completeOnly,
  post,
  send,
  useServer,
  type WorkOrderView,
} from '../http/serving.js';
import { printed } from './printed.js';
import { moveTo, seed } from './seed.js';
import { foreignWords, useBrowser } from './visit.js';

describe('控制台：督办单', () => {
  const served = useServer();
  const visit = useBrowser(served);
  const no = '20260226-000001';

  before(() => seed(served()));

  it('第二十八条：自工单页打开，打印成一页，写明编号、单位、事项、条文、期限、签发和签收，没有来电人', async () => {
    const { page, complaints } = await visit(`/work-orders/${no}`, 'duban');
    await page.getByRole('link', { name: `${no}-督1` }).click();
    const paper = page.getByRole('article', { name: '督办单' });
    await paper.getByText('某住房城乡建设局：').waitFor();
    expect(await foreignWords(page)).to.deep.equal([]);
    const { sheets, said } = await printed(page);
    expect(await page.getByRole('navigation', { name: '主导航' }).isVisible()).to.equal(false);
    expect(sheets).to.equal(1);
    for (const part of [
      `编号：${no}-督1`,
      '某住房城乡建设局',
      '工地夜间施工噪声扰民',
      '超出办理时限未办理热线事项',
      '第二十八条第一款第一项',
      '2026年3月4日24时届满',
      '签发日期：2026年3月5日',
      '办理期限2026年3月10日24时以前',
      '签发机关：市热线工作机构（印章）',
      '签收人：',
    ]) {
      expect(said).to.include(part.normalize('NFKC'));
    }
    for (const secret of ['来电人乙', '13800000002', '打桩', '楼下工地连续'])
      expect(said).not.to.include(secret);
    expect(complaints).to.deep.equal([]);
  });

  it('期满仍未办理的，提级再发一张，由市政府办公厅签发；看板上直接打开最新的一张', async () => {
    const { page } = await visit('/board', 'duban');
    await page.getByRole('link', { name: `${no} 的督办单` }).click();
    await page.getByText(`编号：${no}-督2`).waitFor();
    await page.getByText('签发机关：市人民政府办公厅（印章）').waitFor();
    await page.getByText('第四十条第二项移送监察机关问责').waitFor();
  });
});

describe('控制台：期限轴上的暂停', () => {
  const served = useServer({ at: '2026-03-01T10:00:00+08:00' });
  const visit = useBrowser(served);

  before(async () => {
    const { url } = served();
    const proposal = { value: 'true', effectiveOn: '2026-03-02', reason: '试' };
    const { id } = answered(
      'proposePolicy',
      await post(url, '/api/policies/pauseAllowed/proposals', proposal),
    ) as { id: number };
    const approver = await served().people.allowed(['compliance-approver']);
    answered(
      'rulePolicy',
      await post(
        url,
        `/api/policy-proposals/${id}/ruling`,
        { decision: 'approve', reason: '同意' },
        {},
        approver,
      ),
    );
    await moveTo(served(), '2026-03-02T10:00:00+08:00');
  });

  it('第二十四条：暂停画成有字的一段斜线，点开说明为什么；恢复后接着计', async () => {
    const { url, system } = served();
    const registered = await completeOnly(url, await accept(url), { conduct: 'orderly' });
    const decided = await completeOnly(url, registered, { wayOut: 'dispatch' }, '受理员乙');
    const given: WorkOrderView = await completeOnly(url, decided, { unit: '市水务局' }, '派单员丙');
    const { no } = given.sheet;
    await complete(
      url,
      given,
      given.tasks[0] ?? expect.fail('nothing is open'),
      { receipt: 'accept' },
      '经办人甲',
    );
    await moveTo(served(), '2026-03-04T10:00:00+08:00');
    const facts = { pauseGround: 'force-majeure', pauseFacts: '大雪' };
    await sendMessage(system, no, 'pause-requested', '经办人甲', facts);
    const order = await readOrder(no);
    const task = order.tasks.find(({ element }) => element === 'Task_DecidePause') ?? expect.fail('no pause');
    await complete(url, order, task, { pauseDecision: 'grant' }, '督办员丁');
    await moveTo(served(), '2026-03-05T10:00:00+08:00');
    const { page, complaints } = await visit(`/work-orders/${no}`, 'duban');
    await page.getByText('‖ 暂停计时').first().waitFor();
    await moveTo(served(), '2026-03-06T10:00:00+08:00');
    await sendMessage(system, no, 'resume-requested', '经办人甲');
    await page.reload();
    await page.getByText('斜线 暂停计时').waitFor();
    const limit = page.getByRole('button', { name: /^回复期限届满/ });
    const hatch = limit.locator('.pause');
    expect(await hatch.innerText()).to.equal('暂停');
    const box = await hatch.boundingBox();
    const field = await limit.locator('.field').boundingBox();
    // Two of the days from 2 March to the limit, 11 March 24:00.
    expect((box?.width ?? 0) / (field?.width ?? 1)).to.be.closeTo(2 / 10, 0.03);
    await limit.click();
    await page.getByText('2026-03-04 10:00 至 2026-03-06 10:00 暂停（不可抗力）').waitFor();
    expect(complaints).to.deep.equal([]);
  });

  const readOrder = async (no: string): Promise<WorkOrderView> => {
    return answered('readWorkOrder', await send(served().url, `/api/work-orders/${no}`)) as WorkOrderView;
  };
});
