import { expect } from 'chai';
import type { PublicationContent } from '../../../src/measures/assessment/model/index.js';
import { sumsOf, type CityMonth } from '../../../src/http/gateway/province-sums.js';

type Given = Partial<Pick<PublicationContent, 'received' | 'intake' | 'measures'>>;

const month = (name: string, given?: Given): CityMonth => ({
  name,
  address: '/',
  away: false,
  content: given && ({ received: 0, intake: [], measures: [], ...given } as unknown as PublicationContent),
});
const measure = (met: number | null, of: number | null, meaning = '应当答复的') => ({
  ...{ label: '按时答复', meaning, met, of, rate: null },
});

describe('各市公布的数字的合计', () => {
  it('相加的只有公布了的；没有公布的、太少没有列出的，写明是谁', () => {
    const { received } = sumsOf([
      month('甲', { received: 40 }),
      month('乙', { received: null }),
      month('丙'),
    ]);
    expect(received).to.deep.equal({ count: 40, cities: ['甲'], withheld: ['乙'] });
    expect(sumsOf([month('丙')]).received).to.deep.equal({ count: null, cities: [], withheld: [] });
  });

  it('率由分子、分母的合计算，不是各市的率的平均', () => {
    const { measures } = sumsOf([
      month('甲', { measures: [measure(1, 10)] }),
      month('乙', { measures: [measure(90, 90)] }),
      month('丙', { measures: [measure(null, null)] }),
    ]);
    expect(measures).to.deep.equal([
      {
        ...{ label: '按时答复', meaning: '应当答复的', met: 91, of: 100, rate: 9100 },
        ...{ cities: ['甲', '乙'], withheld: ['丙'] },
      },
    ]);
  });

  it('名称相同而怎样计不同的，不加在一起', () => {
    const { measures } = sumsOf([
      month('甲', { measures: [measure(1, 10)] }),
      month('乙', { measures: [measure(9, 10, '全部')] }),
    ]);
    expect(measures.map(({ met, cities }) => [met, cities])).to.deep.equal([
      [1, ['甲']],
      [9, ['乙']],
    ]);
  });

  it('受理按栏和项目相加', () => {
    const cells = (phone: number | null) => [{ heading: '渠道', cells: [{ label: '电话', count: phone }] }];
    const { intake } = sumsOf([month('甲', { intake: cells(7) }), month('乙', { intake: cells(8) })]);
    expect(intake[0]?.cells[0]).to.deep.equal({
      label: '电话',
      ...{ count: 15, cities: ['甲', '乙'], withheld: [] },
    });
  });
});
