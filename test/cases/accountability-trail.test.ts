import { expect } from 'chai';
import pg from 'pg';
import { key, useStory } from './calendar/story.js';

/** Both supervision orders of the story have expired by then. */
const late = '2027-02-01T10:00:00+08:00';

describe('第四十条第二项：问责的前提问轨迹', () => {
  describe('督办两次仍未办理', () => {
    const { moveTo, file, trail } = useStory(late);

    it('由督办自己引起的问责写明作为证据的条目，每一条都在轨迹里', async () => {
      await moveTo(late);
      const { variables } = await file();
      expect(variables).to.include({ clueGround: 'art40.p1.i2', accountabilityOpened: true });
      const evidence = variables.supervisionEvidence as readonly number[];
      const named = (await trail()).filter(({ seq }) => evidence.includes(seq));
      expect(named.map(({ type, body }) => [type, body.of])).to.deep.equal([
        ['instance.started', 'overdue'],
        ['timer.fired', 'Timer_SupervisionLimit'],
        ['timer.fired', 'Timer_SecondSupervisionLimit'],
      ]);
    });
  });

  describe('没有督办过的', () => {
    const { moveTo, file, complete, system } = useStory(late);

    it('消息里带来的督办记录不作数', async () => {
      await moveTo('2026-12-25T10:00:00+08:00');
      const claimed = {
        supervisionOrders: [{ ground: 'art28.p1.i1', at: late, since: late }],
        notHandledAfterSupervision: true,
      };
      const message = 'accountability-clue';
      const [answer] = await system().executor.execute([
        {
          kind: 'send',
          caseId: (await file()).id,
          message,
          at: system().clock.now(),
          variables: claimed,
        },
      ]);
      expect(answer?.refusal).to.equal(undefined);
      const clue = {
        accused: 'unknown',
        clueGround: 'art40.p1.i2',
        clueSource: 'trail',
        clueFacts: '督办过',
      };
      await complete('Task_RegisterClue', clue, '监察员');
      expect((await file()).variables).to.deep.include({ ...claimed, accountabilityResult: 'no-ground' });
    });
  });

  describe('轨迹被人改过的', () => {
    const { moveTo, file, system } = useStory(late);

    it('不据以认定：期限不算办过，写明链从哪一条断，别的工单照常', async () => {
      const owner = new pg.Client({ connectionString: (system().database as { url?: string }).url });
      await owner.connect();
      await owner.query('ALTER TABLE hotline.trail_entry DISABLE TRIGGER ALL');
      await owner.query(
        `UPDATE hotline.trail_entry SET body = convert_to(replace(convert_from(body, 'UTF8'), '市城管局', '市水务局'), 'UTF8')
          WHERE stream = $1 AND seq = 1`,
        [key],
      );
      await owner.end();
      await moveTo(late);
      expect((await file()).variables.accountabilityOpened).to.equal(undefined);
      const failures = await system().database.transaction((transaction) =>
        transaction.query<{ failure: string }>(`SELECT code || ':' || why AS failure FROM hotline.incident`),
      );
      expect(failures.map(({ failure }) => failure).join()).to.match(
        /trail\.broken:2026-1224 的轨迹：第 1 条的内容与其哈希不符/,
      );
    });
  });
});
