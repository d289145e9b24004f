/** The console of a city that has only what every city has: menus follow its parts and its roles, intake its form. */
import { expect } from 'chai';
import { roleChoices } from '../../src/http/contract/choices.js';
import { usePackage } from '../../src/kernel/package-root.js';
import { shippedLaw } from '../../src/law/regulation/index.js';
import { law, useLaw } from '../../src/web/law/page-law.js';
import { emptyDraft, requestOf } from '../../src/web/screens/intake/draft.js';
import { groupsOfMine, isInCity } from '../../src/web/session/screens.js';
import { keepSession, type Session } from '../../src/web/session/session.js';
import { smallCity } from '../support/small-city.js';
import { intakeFormOf } from './intake-form-of.js';

describe('没有考核、问责、督办、知识库的城市的控制台', () => {
  const before_ = process.env['HOTLINE_PACKAGE'];
  const city = smallCity();
  before(() => {
    usePackage(city.folder);
    useLaw(shippedLaw('2026-03-02'));
  });
  after(() => {
    if (before_ === undefined) delete process.env['HOTLINE_PACKAGE'];
    else process.env['HOTLINE_PACKAGE'] = before_;
    city.remove();
    useLaw(shippedLaw('2026-03-02'));
    keepSession(sessionOf());
  });
  const titles = (): readonly string[] =>
    groupsOfMine().flatMap(({ screens }) => screens.map(({ title }) => title));

  it('菜单里没有它们；本单位负责人只有待办和收件箱', () => {
    keepSession(sessionOf(...roleChoices(law()).map(({ id }) => id)));
    expect(titles().join()).to.not.match(/督办|考核|问责|回访|知识库|预警|共享数据/);
    expect(titles()).to.include.members(['受理登记', '看板']);
    keepSession(sessionOf('head-of-unit'));
    expect(titles()).to.deep.equal(['待办工单', '收件箱']);
    for (const path of ['/assessment/method', '/accountability', '/knowledge', '/publications/2026-01'])
      expect(isInCity(path), path).to.equal(false);
    expect(isInCity('/work-orders/1')).to.equal(true);
  });

  it('可以授予的角色是本市的，名称也是', () => {
    const offered = roleChoices(law()).map(({ title }) => title);
    expect(offered).to.include.members(['受理', '承办', '审计', '本单位负责人']);
    expect(offered.join()).to.not.match(/督办|考核|审核|监察/);
  });

  it('登记只问渠道和类别的，受理页交得出去：只带处理方式和那一步要填的', async () => {
    const form = await intakeFormOf();
    const draft = { ...emptyDraft(), content: '东街的路灯不亮。' };
    draft.answers['unit'] = '市水务局';
    expect(requestOf(draft, form).answers).to.deep.equal({ wayOut: 'dispatch', unit: '市水务局' });
    draft.wayOut = 'answer';
    draft.answers['spokenAnswer'] = '已经在修';
    expect(requestOf(draft, form).answers).to.deep.equal({ wayOut: 'answer', spokenAnswer: '已经在修' });
  });
});

const sessionOf = (...roles: readonly string[]): Session => ({
  csrf: '',
  person: null,
  roles: roles.map((id) => ({ id, title: id })),
  duties: [],
  messages: [],
  units: [],
  languages: [],
  mustChangePassword: false,
  singleSignOn: false,
  secondFactor: false,
  authAt: null,
  recentUntil: null,
});
