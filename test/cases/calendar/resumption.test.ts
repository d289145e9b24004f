/**
 * A loaded schedule makes only the limits of a supervision end later, or it comes after the matter
 * was handled: an open order continues, and what would have happened anyway gets its right instant.
 */
import { expect } from 'chai';
import { toShanghaiIso } from '../../../src/kernel/civil-date.js';
import type { JsonObject } from '../../../src/kernel/index.js';
import { day, useStory } from './story.js';

type Told = ReturnType<typeof useStory>;

/** Every order: when it was issued, and whether it is valid. */
const ordersOf = async ({ file }: Told) =>
  ((await file()).variables.supervisionOrders as readonly JsonObject[]).map(({ at, withdrawnAt }) => [
    toShanghaiIso(new Date(at as string)),
    withdrawnAt === undefined,
  ]);
const openIn = async ({ file }: Told, process: string) =>
  [...(await file()).tasks.values()].filter((task) => task.process === process).map(({ element }) => element);
const limitsOf = async ({ file }: Told) =>
  [...(await file()).deadlines.values()]
    .filter(({ element }) => element.includes('SupervisionLimit'))
    .map(({ element, dueAt }) => `${element} ${toShanghaiIso(dueAt)}`);

describe('放假安排改了：红牌不错，只有督办的期限满早了', () => {
  // Red on 29 December. By the days known then the first order runs to 4 January, the second to the
  // 8th; by the notice to the 6th and the 12th.
  const dispatched = '2026-12-21T10:00:00+08:00';

  describe('正在再次督办', () => {
    const story = useStory('2027-01-06T12:00:00+08:00', { dispatched });

    it('第二十八条：再次督办撤回，首次督办照旧，期限从原来的起算', async () => {
      await story.moveTo('2027-01-06T11:00:00+08:00');
      expect(await openIn(story, 'supervision')).to.deep.equal(['SubProcess_SecondOrder_Task_Work']);
      await story.loadNotice();
      expect(await ordersOf(story)).to.deep.equal([
        [day('2026-12-29'), true],
        [day('2027-01-05'), false],
      ]);
      expect(await openIn(story, 'supervision')).to.deep.equal(['Task_CityUrge']);
      expect(await limitsOf(story)).to.deep.equal([`Timer_SupervisionLimit ${day('2027-01-07')}`]);
      expect((await story.given()).revoked).to.deep.equal([`Timer_SupervisionLimit ${day('2027-01-05')}`]);
      const { variables, lights } = await story.file();
      expect(variables).to.include({ supervised: true, overdue: true });
      expect(variables.supervisionOrders).to.have.nested.property('0.ground', 'art28.p1.i1');
      expect(lights.map(({ level }) => level)).to.have.members(['reminder', 'yellow', 'red', 'supervision']);
    });

    it('第二十八条、第四十条第二项：以后的升级按正确的时刻，各一次', async () => {
      await story.moveTo('2027-01-13T09:00:00+08:00');
      const { standing } = await story.given();
      expect(standing.filter((one) => one.includes('Supervision'))).to.deep.equal([
        `Timer_SupervisionLimit ${day('2027-01-07')}`,
        `Timer_SecondSupervisionLimit ${day('2027-01-13')}`,
      ]);
      expect((await story.file()).variables).to.include({ accountabilityOpened: true });
    });
  });

  describe('后来又有通知，红牌也早了', () => {
    const story = useStory('2027-01-06T12:00:00+08:00', { dispatched });
    const document = '测试发〔2026〕2号';
    const amendment = {
      notices: [
        {
          year: 2026,
          kind: 'amendment',
          title: '2026年12月28日放假（测试用）',
          document,
          publishedOn: '2026-12-30',
          address: null,
          days: [{ date: '2026-12-28', off: true, name: '放假' }],
        },
      ],
    };

    it('第二十八条：恢复过的督办也撤回，按正确的红牌重新督办，只有一个', async () => {
      await story.moveTo('2027-01-06T11:00:00+08:00');
      await story.loadNotice();
      await story.loadNotice(amendment, document);
      expect(await openIn(story, 'supervision')).to.deep.equal([]);
      await story.moveTo('2027-01-06T13:00:00+08:00');
      expect(await ordersOf(story)).to.deep.equal([
        [day('2026-12-29'), false],
        [day('2027-01-05'), false],
        [day('2027-01-04'), true],
      ]);
      expect(await openIn(story, 'supervision')).to.deep.equal(['Task_CityUrge']);
      expect(await limitsOf(story)).to.deep.equal([`Timer_SupervisionLimit ${day('2027-01-08')}`]);
    });
  });

  describe('已经问责', () => {
    const story = useStory('2027-01-09T12:00:00+08:00', { dispatched });

    it('第四十条第二项：问责撤回，督办回到首次，正确的期限届满时再提级', async () => {
      await story.moveTo('2027-01-09T11:00:00+08:00');
      expect((await story.file()).variables).to.include({ accountabilityOpened: true });
      await story.loadNotice();
      expect((await story.file()).variables).to.include({
        accountabilityOpened: false,
        notHandledAfterSupervision: false,
        accountabilityResult: 'withdrawn',
        supervised: true,
        supervisionResult: null,
      });
      expect(await openIn(story, 'accountability')).to.deep.equal([]);
      await story.moveTo('2027-01-09T13:00:00+08:00');
      expect(await ordersOf(story)).to.deep.equal([
        [day('2026-12-29'), true],
        [day('2027-01-05'), false],
        [day('2027-01-07'), true],
      ]);
      expect(await limitsOf(story)).to.deep.equal([`Timer_SecondSupervisionLimit ${day('2027-01-13')}`]);
    });

    it('第二十八条：期限以内办理的，督办后办结，不问责', async () => {
      await story.handle();
      await story.close();
      await story.moveTo('2027-02-01T00:00:00+08:00');
      expect((await story.file()).variables).to.include({
        outcome: '督办后办结',
        accountabilityOpened: false,
        supervisionResult: 'handled',
      });
    });
  });

  describe('只有再次督办的期限满早了', () => {
    // Red on the 24th, the first order to the 29th either way; the second to 5 January, by the
    // notice to the 6th.
    const story = useStory('2027-01-06T09:00:00+08:00', { dispatched: '2026-12-16T10:00:00+08:00' });

    it('第四十条第二项：问责撤回，再次督办照旧；期限真的届满时再问责', async () => {
      await story.moveTo('2027-01-06T08:00:00+08:00');
      expect((await story.file()).variables).to.include({ accountabilityOpened: true });
      await story.loadNotice();
      expect(await openIn(story, 'supervision')).to.deep.equal(['SubProcess_SecondOrder_Task_Work']);
      expect(await limitsOf(story)).to.deep.equal([`Timer_SecondSupervisionLimit ${day('2027-01-07')}`]);
      expect((await story.file()).variables).to.include({ accountabilityOpened: false });
      expect((await story.file()).lights.map(({ level }) => level)).to.include('second-supervision');
      await story.moveTo('2027-01-07T09:00:00+08:00');
      expect((await story.file()).variables).to.include({
        accountabilityOpened: true,
        notHandledAt: new Date(day('2027-01-07')).toISOString(),
      });
      expect(await ordersOf(story)).to.deep.equal([
        [day('2026-12-24'), true],
        [day('2026-12-30'), true],
      ]);
    });
  });

  describe('其间已经办理', () => {
    const story = useStory('2027-01-06T12:00:00+08:00', { dispatched });

    it('第二十八条：首次督办期限以内办理的，再次督办撤回，不再恢复', async () => {
      await story.moveTo('2027-01-05T12:00:00+08:00');
      await story.handle();
      await story.loadNotice();
      expect(await ordersOf(story)).to.deep.equal([
        [day('2026-12-29'), true],
        [day('2027-01-05'), false],
      ]);
      expect(await openIn(story, 'supervision')).to.deep.equal([]);
      await story.close();
      expect((await story.file()).variables).to.include({ outcome: '督办后办结', supervised: true });
    });
  });
});

describe('放假安排改了：办理在正确的时刻以后', () => {
  const facts = (at: string) => [{ clock: 'reply', round: 1, at: new Date(day(at)).toISOString() }];

  describe('超期办理的', () => {
    const story = useStory('2027-01-06T12:00:00+08:00');

    it('第二十四条、第二十八条：超期和督办照样成立，时刻更正', async () => {
      await story.moveTo('2027-01-06T10:00:00+08:00');
      await story.handle();
      await story.close();
      await story.loadNotice();
      const { variables } = await story.file();
      expect(variables).to.deep.include({
        outcome: '督办后办结',
        overdue: true,
        overdueFacts: facts('2027-01-06'),
      });
      expect(await ordersOf(story)).to.deep.equal([[day('2027-01-06'), true]]);
      expect((await story.given()).revoked).to.deep.equal([]);
      const redated = (await story.trail()).filter(({ type }) => type === 'escalation.redated');
      expect(redated.map(({ body }) => body.of)).to.deep.equal([
        'Timer_YellowCard',
        'Timer_ReplyLimit',
        'Timer_RedCard',
      ]);
    });
  });

  describe('再次督办期限以内办理的', () => {
    const story = useStory('2027-01-15T12:00:00+08:00');

    it('第四十条第二项：督办的时刻更正，问责撤回', async () => {
      await story.moveTo('2027-01-15T10:00:00+08:00');
      expect((await story.file()).variables).to.include({ accountabilityOpened: true });
      await story.handle();
      await story.loadNotice();
      expect(await ordersOf(story)).to.deep.equal([
        [day('2027-01-06'), true],
        [day('2027-01-12'), true],
      ]);
      expect((await story.given()).revoked).to.deep.equal([
        `Timer_SecondSupervisionLimit ${day('2027-01-14')}`,
      ]);
      await story.close();
      expect((await story.file()).variables).to.deep.include({
        outcome: '督办后办结',
        overdueFacts: facts('2027-01-06'),
        accountabilityOpened: false,
        accountabilityResult: 'withdrawn',
        supervisionResult: 'handled',
      });
    });
  });

  describe('再次督办期限以后才办理的', () => {
    const story = useStory('2027-01-19T12:00:00+08:00');

    it('第四十条第二项：问责照样成立，各个时刻更正', async () => {
      await story.moveTo('2027-01-18T10:00:00+08:00');
      await story.handle();
      await story.loadNotice();
      expect(await ordersOf(story)).to.deep.equal([
        [day('2027-01-06'), true],
        [day('2027-01-12'), true],
      ]);
      expect((await story.given()).revoked).to.deep.equal([]);
      expect((await story.file()).variables).to.include({
        accountabilityOpened: true,
        notHandledAt: new Date(day('2027-01-16')).toISOString(),
      });
      expect(await openIn(story, 'accountability')).to.have.length(1);
    });
  });
});
