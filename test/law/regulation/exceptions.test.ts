/** Exceptions take their norm's place, aims are never violated, and contradictions are refused by name; both interpreters agree. */
import { expect } from 'chai';
import { packageText } from '../../../src/kernel/package-content.js';
import { shippedCheckContext } from '../../../src/design/checking/index.js';
import { checkSource } from '../../../src/design/compliance/index.js';
import type { Body, Deed } from '../../../src/accountability/events/index.js';
import { usePackage } from '../../../src/kernel/package-root.js';
import {
  catalogueOf,
  shippedCatalogues,
  standingOf,
  type DutyEntry,
} from '../../../src/law/regulation/index.js';
import { at, deedOn, firedOn, stepOn } from '../../accountability/course/entries.js';
import { copyOfPackage, type CityPackage } from '../../support/city-package.js';
import { lawData } from '../../support/law-data.js';
import { disagreement, scenarioTrails } from '../../support/second-interpreter.js';
import type { Norm } from '../../../verifier/duties/duties.mjs';
import { shippedContents } from '../../../src/law/regulation/shipped.js';

type Arm = NonNullable<Body<'task.completed'>['armed']>[number];
const limit = (clock: string, due: number): Arm => ({
  ...{ element: clock, clock, due: at(due).toISOString(), derivation: null },
});
const deed = (name: string, facts: Deed['facts'] & {} = {}): Deed => ({ name, facts });
const handed = stepOn(2, {
  deeds: [deed('handling.begun'), deed('matter.handed-over', { to: '市水务局' })],
  armed: [limit('reply', 9)],
});
const lapsed = (day: number): DutyEntry => {
  const fired = firedOn(day, 'reply');
  return { ...fired, body: { ...fired.body, clock: 'reply' } };
};

/** The shipped law with norms changed, as both interpreters read it; and what they say of a norm. */
function lawWith(change: (norms: Map<string, Record<string, unknown>>) => void) {
  const [content] = structuredClone(shippedContents()) as [
    { chapters: { articles: { norms: Record<string, unknown>[] }[] }[] },
  ];
  const raw = content.chapters.flatMap(({ articles }) => articles.flatMap(({ norms }) => norms));
  change(new Map(raw.map((norm) => [norm['id'] as string, norm])));
  const catalogue = catalogueOf(content);
  const law = { ...lawData('.'), norms: raw as unknown as readonly Norm[] };
  return (norm: string, ...trail: readonly DutyEntry[]): readonly string[] => {
    expect(disagreement({ law, catalogue, trail })).to.equal('');
    return standingOf(catalogue, trail)
      .duties.filter((duty) => duty.norm === norm)
      .map(({ state, due }) => `${state} ${due?.toISOString().slice(0, 10) ?? '–'}`);
  };
}

/** J29 as the exception of J27 that the unit may state at any time. */
const excepting = (from: 'deed' | 'start', of = ['J27']) =>
  lawWith((norms) => {
    const when = { deed: 'limit.stated' };
    Object.assign(norms.get('J29') ?? {}, { exceptionOf: of, when, from });
    const duty = norms.get('J29')?.['duty'] as { opens: unknown; discharged: unknown };
    Object.assign(duty, { opens: [when], discharged: [[{ deed: 'reply.given' }]] });
  });
const statutory = (day: number) => deedOn(day, 'limit.stated');

describe('例外执行：代替它的规范（第二十四条第二项之于第一款）', () => {
  const states = excepting('deed');

  it('例外成立：原来的不再欠、不计，例外照同一期限', () => {
    expect(states('J27', handed)).to.deep.equal(['open 2026-03-09']);
    expect(states('J27', handed, statutory(4))).to.deep.equal([]);
    expect(states('J29', handed, statutory(4))).to.deep.equal(['open 2026-03-09']);
    expect(states('J29', handed, statutory(4), deedOn(5, 'reply.given'))).to.deep.equal([
      'satisfied 2026-03-09',
    ]);
  });

  it('“deed”：此前的违反还在，迟到的理由补救不了；“start”：自始没有违反', () => {
    const late = [handed, lapsed(9), statutory(11)];
    expect(states('J27', ...late)).to.deep.equal(['permanently-violated 2026-03-09']);
    expect(excepting('start')('J27', ...late)).to.deep.equal([]);
    // The exception has the same limit, which has passed.
    const alone = excepting('start', ['J27', 'J27b']);
    expect(alone('J29', ...late)).to.deep.equal(['temporarily-violated 2026-03-09']);
  });

  it('办成了的不动；“start”的，办迟了的也不计', () => {
    const stated = deedOn(3, 'handling.stated', { branch: 'within-limit' });
    const replied = deedOn(4, 'reply.given');
    const done = [handed, stated, replied, statutory(5)];
    expect(states('J27', ...done)).to.deep.equal(['satisfied 2026-03-09']);
    expect(excepting('start')('J27', ...done)).to.deep.equal(['satisfied 2026-03-09']);
    const late = [handed, stated, lapsed(9), deedOn(10, 'reply.given'), statutory(11)];
    expect(states('J27', ...late)).to.deep.equal(['permanently-violated 2026-03-09']);
    expect(excepting('start')('J27', ...late)).to.deep.equal([]);
  });

  it('例外成立以后，原来的不再引起', () => {
    const again = stepOn(6, { deeds: [deed('matter.handed-over', { to: '市住建局' })] });
    expect(states('J27', statutory(1), handed)).to.deep.equal([]);
    expect(states('J27', handed, statutory(4), again)).to.deep.equal([]);
  });

  /** J44 as an exception. */
  const exceptedBy = (of: string, when: object, from: 'deed' | 'start') =>
    lawWith((norms) => Object.assign(norms.get('J44') ?? {}, { exceptionOf: [of], when, from }));

  it('行为的事实不是例外写的那个：原来的照旧', () => {
    const when = { deed: 'handling.stated', facts: { branch: 'statutory-limit' } };
    const found = exceptedBy('J27', when, 'deed');
    const branch = (said: string) => deedOn(3, 'handling.stated', { branch: said });
    expect(found('J27', handed, branch('within-limit'))).to.deep.equal(['open 2026-03-09']);
    expect(found('J27', handed, branch('statutory-limit'))).to.deep.equal([]);
  });

  it('“start”：退回再办的，也自始没有违反', () => {
    const found = exceptedBy('J28', { deed: 'limit.stated' }, 'start');
    const stated = deedOn(3, 'handling.stated', { branch: 'within-limit' });
    const reworked = [handed, stated, deedOn(4, 'reply.given'), deedOn(5, 'rework.ordered')];
    expect(found('J28', ...reworked)).to.deep.equal(['temporarily-violated 2026-03-09']);
    expect(found('J28', ...reworked, statutory(6))).to.deep.equal([]);
  });

  it('几个单位各欠各的：写明哪个单位的例外只是它的，没有写明的是各单位的；以后的单位照欠', () => {
    const asked = (day: number, unit: string) => deedOn(day, 'support.asked', { unit });
    const both = [asked(2, '市水务局'), asked(3, '历下区')];
    const found = exceptedBy('J18', { deed: 'support.lapsed' }, 'deed');
    const excepted = deedOn(4, 'support.lapsed', { unit: '市水务局' });
    expect(found('J18', ...both, excepted)).to.have.length(1);
    expect(found('J18', ...both, deedOn(4, 'support.lapsed'))).to.deep.equal([]);
    expect(found('J18', ...both, excepted, asked(5, '市园林局'))).to.have.length(2);
    const released = deedOn(4, 'support.released', { unit: '历下区' });
    expect(found('J18', ...both, released, { ...excepted, seq: 5, at: at(5) })).to.deep.equal([]);
  });
});

describe('宜', () => {
  it('只提醒：期限过了也没有违反，办了就了', () => {
    const states = lawWith((norms) => Object.assign(norms.get('J27') ?? {}, { modality: 'should' }));
    expect(states('J27', handed, lapsed(9))).to.deep.equal(['open –']);
    expect(states('J27b', handed, lapsed(9))).to.deep.equal(['temporarily-violated 2026-03-09']);
  });
});

describe('条例自己前后不合：读目录时指名', () => {
  let city: CityPackage;
  beforeEach(() => (city = copyOfPackage()));
  afterEach(() => city.leave());

  type Norms = Map<string, Record<string, unknown>>;
  function refusedFor(chapter: number, change: (norms: Norms) => void): string {
    city.changeJson(
      `regulation/catalogue/2018/chapter-${chapter}.json`,
      ({ articles }: { articles: { norms: Record<string, unknown>[] }[] }) =>
        change(
          new Map(
            articles.flatMap(({ norms }) => norms.map((norm) => [norm['id'] as string, norm] as const)),
          ),
        ),
    );
    usePackage(city.folder);
    try {
      shippedCatalogues(city.folder);
    } catch (cause) {
      return String(cause);
    }
    return '';
  }

  it('一个期限两样长短、可以同时适用的：不收；写明是例外的收', () => {
    const said = refusedFor(4, (norms) =>
      Object.assign(norms.get('J30') ?? {}, { limit: { days: 10, of: 'working' } }),
    );
    expect(said).to.match(
      /J27（5 个工作日）和第二十四条第一款第三项 J30（10 个工作日）同一期限写了不同的长短/,
    );
    expect(said).not.to.match(/J28（.*J30|J29（.*J30/);
    const agreed = (more: object) =>
      refusedFor(4, (norms) => {
        Object.assign(norms.get('J30') ?? {}, { exceptionOf: ['J28', 'J27', 'J27b', 'J34'], ...more });
      });
    // Without a deed from which on it counts, the clock would still have one length.
    expect(agreed({})).to.match(/J27（5 个工作日）.*J30（10 个工作日）/);
    expect(agreed({ when: { deed: 'limit.stated' } })).to.equal('');
  });

  it('例外的期限是有条件的清单：不收；与原来的同一清单的收', () => {
    const listed = [
      { when: { deed: 'limit.stated' }, days: 3, of: 'working' },
      { days: 10, of: 'working' },
    ];
    const excepting = (limit: unknown, of: unknown) => (norms: Norms) => {
      Object.assign(norms.get('J27') ?? {}, { limit: of });
      Object.assign(norms.get('J30') ?? {}, {
        ...{ limit, exceptionOf: ['J28', 'J27', 'J27b', 'J34'], when: { deed: 'limit.stated' } },
      });
    };
    const alone = { days: 5, of: 'working' };
    expect(refusedFor(4, excepting(listed, alone))).to.include(
      'J30：例外的期限只能有一种长短，不能是有条件的清单',
    );
    expect(refusedFor(4, excepting({ as: 'J27' }, listed))).not.to.include('J30：例外的期限只能有一种长短');
  });

  it('“应当”与“不得”同一行为、没有别的办法的：不收；写明是例外的收', () => {
    const setJ44 = (set: object) => (norms: Norms) => Object.assign(norms.get('J44') ?? {}, set);
    const forbids = [{ deed: 'channel.told' }];
    expect(refusedFor(4, setJ44({ forbids }))).to.match(
      /J26g应当做的，第三十二条第一款 J44说不得做；写明哪个是例外/,
    );
    expect(refusedFor(4, setJ44({ exceptionOf: ['J26g'] }))).to.equal('');
    const other = [{ deed: 'channel.told', facts: { told: false } }];
    expect(refusedFor(4, setJ44({ exceptionOf: [], forbids: other }))).to.equal('');
  });

  it('forbids 不在“不得”里、when 没有例外、依登记的事实、没有的行为：逐项说出', () => {
    const said = refusedFor(4, (norms) => {
      Object.assign(norms.get('J27') ?? {}, {
        forbids: [{ deed: 'reply.made' }],
        when: { deed: 'matter.registered' },
      });
    });
    expect(said)
      .to.include('J27：词汇里没有行为 reply.made')
      .and.include('J27：写了 when，没有写是谁的例外')
      .and.include('J27：登记的事实会更正')
      .and.include('J27：forbids 只写在“不得”的规范里');
  });

  it('有权要求的一方、要求的行为没有的，只写一样的：逐项说出', () => {
    const said = refusedFor(3, (norms) => {
      Object.assign(norms.get('J21a') ?? {}, { claimant: 'heir' });
      Object.assign(norms.get('J21b') ?? {}, { claimant: null, demand: 'explanation.wished' });
    });
    expect(said)
      .to.include('J21a：词汇里没有“heir”这一方')
      .and.include('J21b：claimant 和 demand 要么都写，要么都不写')
      .and.include('J21b：词汇里没有行为 explanation.wished');
  });
});

describe('不得做的行为：照条例拒绝或者记下', () => {
  const before = process.env['HOTLINE_PACKAGE'];
  after(() => {
    if (before === undefined) delete process.env['HOTLINE_PACKAGE'];
    else process.env['HOTLINE_PACKAGE'] = before;
  });

  it('指定以后再退（潍坊第二十二条第二款）：照办，条目写明违反哪一项；没有清单的转交镇、街道（第二十四条第二款），什么也不写', async () => {
    const { folder } = lawData('packages/weifang');
    usePackage(folder);
    const trails = await scenarioTrails(folder, '2026-03-02');
    const entriesOf = (name: string) => trails.find((one) => one.name === name)?.trail ?? [];
    const noted = entriesOf('art22-designated').filter(({ body }) => 'forbidden' in body);
    expect(noted.map(({ body }) => ('forbidden' in body ? body.forbidden : undefined))).to.deep.equal([
      ['W22c'],
    ]);
    expect(noted.map(({ body }) => JSON.stringify(body)).join()).to.include('receipt.refused');
    const passedOn = entriesOf('art24-not-to-towns').filter(({ body }) =>
      JSON.stringify(body).includes('"matter.passed-on"'),
    );
    expect(passedOn).to.have.length(1);
    const drawn = packageText('processes/handling.bpmn', folder);
    const redrawn = drawn.replace(/\n *<duty:fact name="toTown"[^\n]*/, '');
    const { findings } = await checkSource(redrawn, shippedCheckContext('2026-03-02'));
    expect(findings.map(({ message }) => message).join()).to.include('没有事实 toTown：看不出是不是');
  });
});
