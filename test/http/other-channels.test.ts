/** Other channels: a versioned table, and the sheet's record of the channel that its caller was told of. */
import { expect } from 'chai';
import { plainTrails } from '../support/entries.js';
import { accept, answered, post, problemIn, send, useServer, waterCut } from './serving.js';

interface Channel {
  readonly key: string;
  readonly name: string;
  readonly emergency: boolean;
  readonly words: readonly string[];
}
interface Table {
  readonly version: number;
  readonly channels: readonly Channel[];
  readonly savedBy: string | null;
}

describe('其他渠道（第二十三条第三项）', () => {
  const served = useServer();
  const read = async (): Promise<Table> =>
    answered('readOtherChannels', await send(served().url, '/api/other-channels')) as Table;
  const save = (channels: readonly object[], basedOn: number) =>
    post(served().url, '/api/other-channels', { channels, basedOn, reason: '照本市的' });
  const hall = {
    ...{ key: 'hall', name: '市信访局', emergency: false, procedure: 'other' },
    ...{ reach: '市民中心二楼', basis: '《信访工作条例》', words: ['信访'] },
    ...{ except: ['信访件'], dial: '12345', names: { en: 'Petition office' } },
    answers: { wayOut: 'elsewhere' },
  };

  it('附带的样本：四个紧急号码和六种法定渠道，各有依据和词', async () => {
    const { version, channels, savedBy } = await read();
    expect([version, savedBy]).to.deep.equal([0, null]);
    const named = (emergency: boolean) =>
      channels.filter((one) => one.emergency === emergency).map(({ name }) => name);
    expect(named(true).map((name) => name.slice(0, 3))).to.deep.equal(['110', '119', '120', '122']);
    expect(named(false)).to.deep.equal(['信访', '纪检监察', '政府信息公开', '行政复议', '诉讼', '仲裁']);
    for (const { name, words } of channels) expect(words, name).not.to.deep.equal([]);
  });

  it('紧急事项一步转接：受理即办结，没有期限，来电人查得到转给了谁；行为写明渠道，怎样找到别的渠道封存', async () => {
    const { url, system } = served();
    const order = (await accept(url, {
      ...waterCut,
      content: '楼道里着火了',
      answers: {
        ...{ conduct: 'orderly', wayOut: 'emergency', emergencyLine: '119', emergencyTransferred: true },
      },
    })) as Awaited<ReturnType<typeof accept>> & { readonly callerSecret: string };
    const { no } = order.sheet;
    expect(order.tasks).to.deep.equal([]);
    expect(order.deadlines).to.deep.equal([]);
    const { answers, outcome, limits } = answered(
      'readProgress',
      await post(url, '/api/progress', { no, secret: order.callerSecret }),
    ) as { answers: { title: string; text: string }[]; outcome: string; limits: object[] };
    expect(outcome).to.equal('已即时转紧急服务热线');
    expect(limits).to.deep.equal([]);
    expect(answers.map(({ title, text }) => `${title}：${text}`)).to.deep.equal(['已即时转至：119']);
    const told = await accept(url, {
      ...waterCut,
      answers: {
        ...{ conduct: 'orderly', wayOut: 'original-channel', pendingProcedure: 'litigation' },
        ...{ channelTold: true, channelName: '人民法院', channelInfo: '到立案大厅' },
      },
    });
    const numbers = [no, told.sheet.no];
    const trails = await system.database.transaction((transaction) =>
      plainTrails(system.trail, transaction, numbers),
    );
    const written = JSON.stringify(numbers.flatMap((one) => trails.get(one) ?? []).map(({ body }) => body));
    expect(written).to.include('"line":"119"');
    expect(written).to.include('"channel":"人民法院"');
    expect(written).not.to.include('立案大厅');
  });

  it('存为下一版，记入轨迹；旧版上改的、同名同标识的拒绝，什么也没有变', async () => {
    const saved = answered('saveOtherChannels', await save([hall], 0)) as Table;
    expect(saved).to.deep.include({ version: 1, channels: [hall] });
    expect(await read()).to.deep.equal(saved);
    expect(problemIn(await save([hall], 0))).to.include({ status: 409, code: 'other-channels.stale' });
    for (const other of [
      { ...hall, name: '另一个' },
      { ...hall, key: 'other' },
    ]) {
      const refused = problemIn(await save([hall, other], 1));
      expect(refused).to.include({ code: 'input.invalid' });
      expect(refused.where).to.match(/^channels\.1\.(key|name)$/);
    }
    expect((await read()).version).to.equal(1);
    const both = await Promise.all(['甲', '乙'].map((name) => save([{ ...hall, name }], 1)));
    expect(both.map(({ status }) => status).sort()).to.deep.equal([201, 409]);
    const { system } = served();
    const trails = await system.database.transaction((transaction) =>
      plainTrails(system.trail, transaction, ['other-channels']),
    );
    expect(
      (trails.get('other-channels') ?? []).map(({ type, body }) => [type, body['version'], body['channels']]),
    ).to.deep.equal([
      ['other-channels.saved', 1, 1],
      ['other-channels.saved', 2, 1],
    ]);
  });
});
