/** Sentences of the console that differ under another city's law. */
import { join } from 'node:path';
import { expect } from 'chai';
import { sampleChannels } from '../../src/sheet/classification/index.js';
import { withLaw } from '../../src/http/contract/law-of-page.js';
import { serviceTitle } from '../../src/kernel/law.js';
import { packageRoot, usePackage } from '../../src/kernel/package-root.js';
import { shippedLaw } from '../../src/law/regulation/index.js';
import { asksOf, hotlineTitle, law, lightTitle, sheetTitle, useLaw } from '../../src/web/law/page-law.js';
import { needsSupervision } from '../../src/web/screens/accountability/precondition.js';
import { ofTheCity } from '../../src/web/screens/query/city-words.js';
import { emptyDraft, requestOf, tell, wayOf } from '../../src/web/screens/intake/draft.js';
import { intakeFormOf } from './intake-form-of.js';

const police = {
  ...{ key: 'police', name: '110 报警服务台', emergency: true, procedure: 'other' as const },
  ...{ reach: '拨打 110', basis: '《人民警察法》第二十一条', words: [], except: [], dial: '110', names: {} },
};

describe('控制台的话依本市的条例', () => {
  const before = process.env['HOTLINE_PACKAGE'];
  const citeShipped = (): void => useLaw(shippedLaw('2026-03-02'));
  const of = (city: string): void => {
    usePackage(join(packageRoot, 'packages', city));
    citeShipped();
  };
  beforeEach(citeShipped);
  afterEach(() => {
    if (before === undefined) delete process.env['HOTLINE_PACKAGE'];
    else process.env['HOTLINE_PACKAGE'] = before;
    citeShipped();
  });

  it('问责不以督办为前提的，不这样说', () => {
    expect(needsSupervision()).to.equal(true);
    of('beijing');
    expect(needsSupervision()).to.equal(false);
  });

  it('机构、工单、灯号依本市的叫法', () => {
    const words = () => [hotlineTitle(), sheetTitle(), lightTitle('yellow'), lightTitle('red')];
    expect(words()).to.deep.equal(['市热线工作机构', '工作流转单', '黄牌', '红牌']);
    of('beijing');
    expect(words()).to.deep.equal(['市民热线服务工作机构', '诉求工单', '临期', '超期']);
    expect(serviceTitle(law())).to.equal('12345 市民服务热线');
    of('weifang');
    expect(serviceTitle(law())).to.equal('12345 政务服务便民热线');
    expect(withLaw('<head><title>12345 市民服务热线</title></head>', law())).to.match(
      /^<head><title>12345 政务服务便民热线</,
    );
  });

  it('来电人的页面，外文的机构名称也是本市的；没有另写的用程序的', () => {
    expect(ofTheCity('en')).to.deep.equal({});
    of('beijing');
    expect(ofTheCity('en')).to.deep.equal({ byOffice: 'The city’s government services department' });
    expect(ofTheCity('de').byOffice).to.match(/Verwaltungsdienste/);
    expect(ofTheCity('zh')).to.deep.equal({});
  });

  it('一步转接：没有另写答案的按原途径告知，另写了的按本市流程图的问法', async () => {
    const form = await intakeFormOf();
    const draft = { ...emptyDraft(), content: '有人持刀' };
    tell(draft, { ...police, answers: {} });
    expect(requestOf(draft, form).answers).to.include({
      wayOut: 'original-channel',
      channelName: '110 报警服务台',
    });
    const answers = { wayOut: 'emergency', emergencyLine: '110', emergencyTransferred: true };
    tell(draft, { ...police, answers });
    expect(requestOf(draft, form).answers).to.deep.equal({ conduct: 'orderly', ...answers });
  });

  it('处理方式要问什么由条例包写明：紧急的列出可以转的专线；改选别的方式，不带走原来的渠道', async () => {
    of('beijing');
    const form = await intakeFormOf();
    const draft = emptyDraft();
    expect([draft.wayOut, asksOf('emergency'), asksOf('secret')]).to.deep.equal([
      'dispatch',
      'emergency',
      undefined,
    ]);
    const line = sampleChannels().channels.find(({ key }) => key === 'fire');
    expect(line && wayOf(line.answers)).to.equal('emergency');
    if (line) tell(draft, line);
    expect(requestOf(draft, form).answers).to.include({ wayOut: 'emergency', emergencyLine: '119' });
    draft.wayOut = 'original-channel';
    expect(requestOf(draft, form).answers).to.deep.equal({
      ...{ conduct: 'orderly', wayOut: 'original-channel', channelTold: true },
      pendingProcedure: line?.procedure,
    });
  });
});
