import { expect } from 'chai';
import {
  buildPublication,
  figuresOf,
  parsePeriod,
  personalDataIn,
  publicationTemplate,
  sampleMethod,
  publicationStatus,
  type Counts,
  type PublicationAct,
} from '../../../src/measures/assessment/index.js';
import { withoutSmallCounts } from '../../../src/measures/assessment/publication/small-counts.js';
import { shippedLaw } from '../../../src/law/regulation/index.js';

const cells = (...counts: number[]) => counts.map((count, index) => ({ label: `第${index + 1}类`, count }));
const shown = (...counts: number[]) => withoutSmallCounts(cells(...counts), 5).map(({ count }) => count);

describe('公开的小数目（第十条）：认不出具体的人', () => {
  it('少于政策所定件数的合并；零不列；都够的照列', () => {
    expect(shown(5, 9, 0)).to.deep.equal([5, 9]);
    expect(withoutSmallCounts(cells(2, 40, 3, 30), 5)).to.deep.equal([
      { label: '第2类', count: 40 },
      { label: '第4类', count: 30 },
      { label: '其他（合并）', count: 5 },
    ]);
  });

  it('只有一项太小的，连同次小的一起合并：不然用合计一减就知道', () => {
    expect(shown(1, 7, 90)).to.deep.equal([90, 8]);
    expect(shown(3, 50)).to.deep.equal([53]);
  });

  it('合起来还太小的，不写数', () => {
    expect(shown(1, 2)).to.deep.equal([null]);
    expect(shown()).to.deep.equal([]);
  });

  it('任何一组数：列出来的每一个都够，列出的加合并的等于合计', () => {
    for (const counts of [[1], [4, 4], [4, 5], [1, 1, 1, 1, 1, 1], [5, 4, 3, 2, 1, 0, 100], [2, 2, 6]]) {
      const told = shown(...counts);
      for (const one of told) expect(one === null || one >= 5, counts.join()).to.equal(true);
      if (!told.includes(null)) {
        expect(told.reduce<number>((sum, one) => sum + (one ?? 0), 0)).to.equal(
          counts.reduce((a, b) => a + b, 0),
        );
      }
    }
  });
});

describe('公开的文字里的个人信息（第十条、第三十二条）', () => {
  const what = (text: string, known?: Parameters<typeof personalDataIn>[1]) =>
    personalDataIn(text, known).map((one) => `${one.what}@${one.at}`);

  for (const [text, found] of [
    ['请打13800000001联系', '手机号码@3'],
    ['请打 138 0000-0001', '手机号码@4'],
    ['请打１３８０００００００１', '手机号码@3'],
    ['+86 13800000001', '手机号码@1'],
    ['电话 0531-66601234。', '座机号码@4'],
    ['电话 66601234', '座机号码@4'],
    ['身份证370102199003071234', '身份证件号码@4'],
    ['证号 37010219900307123X', '身份证件号码@4'],
    ['卡号6222020200112233445', '银行卡号@3'],
    ['一三八零零零零零零零一', '用汉字写的号码@1'],
    ['车牌鲁A12345停在路口', '车牌号@3'],
    ['鲁AD12345', '车牌号@1'],
    ['邮箱 a.b@example.com', '电子邮箱@4'],
    ['微信号 zhang_san1', '微信号、QQ 号@1'],
    ['住在3号楼2单元501', '门牌号@3'],
    ['工单 20261012-000001', '工单编号@4'],
  ] as const) {
    it(`“${text}”说出是什么、在第几个字`, () => {
      expect(what(text)).to.include(found);
    });
  }

  it('寻常的文字、日期、件数、热线号码、街道，都不算', () => {
    const plain =
      '2026年10月12日，来电人反映泉城路一处路灯不亮。20261012 那天市城管局派人更换 12 盏，花费 35000000 元；12345 回访，来电人满意。2026-10-12 至 2026-10-14，共 1234567 件。';
    expect(what(plain)).to.deep.equal([]);
  });

  it('库里存着的当事人：姓名、联系方式、地址的一段，中间有空格也认得', () => {
    const known = {
      names: ['来电人甲', '李'],
      contacts: ['caller_one'],
      addresses: ['历下区泉城路18号院内东侧'],
    };
    expect(what('来 电 人 甲说没有水', known)).to.deep.equal(['当事人的姓名@1']);
    expect(what('写信给 Caller_One 没有回', known)).to.deep.equal(['来电人的联系方式@5']);
    expect(what('就在泉城路18号院旁边', known)).to.include('来电人的地址@3');
    expect(what('历下区泉城路上', known)).to.deep.equal([]);
    expect(what('李子熟了', known)).to.deep.equal([]);
  });
});

describe('公开、通报的内容', () => {
  const law = shippedLaw('2026-10-12');
  const method = sampleMethod(law);
  const of = (met: number, all: number) => ({ met, of: all });
  const counts: Counts = {
    甲局: { reply: of(9, 10), satisfaction: of(2, 3), completion: of(10, 10) },
    乙局: { reply: of(4, 4), satisfaction: of(1, 1), completion: of(4, 4) },
    丙局: { reply: of(5, 8), completion: of(7, 8) },
  };
  const figures = figuresOf(method, counts, () => 'departments', law);
  const month = {
    received: 22,
    intake: [{ heading: '受理渠道', cells: cells(20, 2) }],
    counts,
    figures,
    circulated: true,
  };
  const order = { period: parsePeriod('2026-10'), version: 1, correction: null, threshold: 5 };
  const build = (kind: 'public' | 'circular', circulated = true) =>
    buildPublication(
      { ...order, kind },
      publicationTemplate(),
      { ...method, groups: [{ key: 'departments', label: '部门', unitKinds: [], units: [] }] },
      { ...month, circulated },
      law,
    );

  it('第三十三条：全市的率四舍五入到万分之一，分母太小的不列', () => {
    const { measures, received, title } = build('public');
    const told = Object.fromEntries(
      measures.map(({ label, met, of: all, rate }) => [label, [met, all, rate]]),
    );
    // 18/22 = 81.8181…%;满意 3/4 不足 5 件。
    expect(told).to.deep.equal({
      按时答复: [18, 22, 8182],
      按时办结: [21, 22, 9545],
      满意: [null, null, null],
    });
    expect(received).to.equal(22);
    expect(title).to.include('2026 年 10 月');
  });

  it('名次只在通报以后公开；件数太少的单位不列名次，写明有几个', () => {
    expect(build('public', false).groups).to.deep.equal([]);
    const { groups, leftOut } = build('public');
    expect(groups.flatMap(({ units }) => units.map(({ unit }) => unit))).to.have.members(['甲局', '丙局']);
    expect(leftOut).to.equal(1);
  });

  it('第三十八条：通报列出每个单位和每项指标，不列受理渠道', () => {
    const { groups, channels, leftOut } = build('circular', false);
    expect(groups[0]?.units).to.have.length(3);
    expect(groups[0]?.units[0]?.rates).to.have.length(method.indicators.length);
    expect([channels, leftOut]).to.deep.equal([[], 0]);
  });
});

describe('公开的一版走到哪里', () => {
  const act = (name: PublicationAct['act'], actor: string): PublicationAct => ({
    act: name,
    login: actor,
    actor,
    at: new Date(0),
    reason: null,
    cases: name === 'cases' ? [] : null,
    content: null,
  });
  it('批准以后再写典型案例、退回，批准都作废；写过的人都记着', () => {
    expect(publicationStatus([]).state).to.equal('draft');
    const written = [act('cases', '甲'), act('approve', '乙')];
    expect(publicationStatus(written)).to.deep.include({
      state: 'approved',
      approvedBy: act('approve', '乙'),
    });
    expect(publicationStatus([...written, act('cases', '丙')])).to.deep.include({
      state: 'draft',
      writers: [act('cases', '甲'), act('cases', '丙')],
    });
    expect(publicationStatus([...written, act('return', '乙')]).approvedBy).to.equal(null);
    expect(publicationStatus([...written, act('publish', '甲')])).to.deep.include({
      state: 'published',
      approvedBy: act('approve', '乙'),
    });
  });
});
