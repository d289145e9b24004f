/** Another city's kinds and channels: the program, its contract and its figures use the package's. */
import { expect } from 'chai';
import { readMessage } from '../../src/channel/mapping.js';
import { givenVariables } from '../../src/design/checking/given-variables.js';
import { kindCorrected } from '../../src/handlers/index.js';
import { readAccessRules } from '../../src/identity/index.js';
import { placeOfUnit } from '../../src/cases/units.js';
import { unitsAmong } from '../../src/identity/store/person-store.js';
import { openApiDocument } from '../../src/http/openapi.js';
import { readSheetLists } from '../../src/kernel/package-lists.js';
import { shippedLaws } from '../../src/law/regulation/index.js';
import { copyOfPackage, type CityPackage } from '../support/city-package.js';
import { policyValues } from '../support/policies.js';
import { accept, post, problemIn, useServer, waterCut } from './serving.js';

interface Terms {
  kinds: { key: string; name: string; accuses: string; usual?: boolean; names: object }[];
  channels: { key: string; name: string; way: string }[];
}

interface Units {
  kinds: { key: string; name: string; is?: string }[];
}

const names = { en: 'Praise', fr: 'Éloge', ru: 'Благодарность', de: 'Lob' };

describe('别的城市的诉求类别、渠道和单位的种类', () => {
  const served = useServer({ at: '2026-03-02T10:00:00+08:00' });
  let city: CityPackage;
  before(() => {
    city = copyOfPackage();
    city.changeJson('regulation/sheet.json', ({ kinds, channels }: Terms) => {
      kinds.splice(0, 3, { key: 'praise', name: '表扬', accuses: 'never', usual: true, names });
      kinds.push({ key: 'denunciation', name: '控告', accuses: 'always', names });
      channels.push({ key: 'video', name: '视频', way: 'telephone' });
    });
    city.changeJson('regulation/units.json', ({ kinds }: Units) => {
      kinds.push({ key: 'county', name: '县', is: 'district' }, { key: 'township', name: '街道、乡镇' });
    });
    city.changeJson(
      'regulation/bodies.json',
      ({ accused }: { accused: { paths: { kinds: string[] }[] } }) => {
        accused.paths[1]?.kinds.push('county', 'township');
      },
    );
    served().system.lawKeeper.learn(shippedLaws());
  });
  after(() => city.leave());

  it('收它的类别和渠道，照它的名称显示', async () => {
    const { sheet } = await accept(served().url, { ...waterCut, kind: 'praise', channel: 'video' });
    expect(sheet).to.include({ kindName: '表扬', channelName: '视频' });
  });

  it('它没有的拒绝，说明它有哪几种；接口文档也照它写', async () => {
    const { url } = served();
    const refused = await post(url, '/api/work-orders', { ...waterCut, kind: 'help', channel: 'weixin' });
    expect(problemIn(refused).code).to.equal('input.invalid');
    const said = refused.text;
    expect(problemIn(refused).where).to.equal('channel');
    expect(said).to.include('没有这个类别').and.to.include('praise 表扬').and.to.include('没有这个渠道');
    const { Request } = openApiDocument('0', served().system.laws.today()).components?.schemas ?? {};
    expect(Request)
      .to.have.nested.property('properties.kind.enum')
      .that.includes('praise')
      .and.not.includes('help');
  });

  it('来源的对应关系、流程图可用的值、可否撤回：都照它', () => {
    const law = served().system.laws.today();
    const read = (kind: string) =>
      readMessage({ content: 'message.text', kind: `"${kind}"` }, { text: '谢谢' }, new Date(), law);
    expect(read('praise')).to.have.nested.property('received.kind', 'praise');
    expect(read('help')).to.have.property('problem').that.includes('praise 表扬');
    expect(JSON.stringify(givenVariables(law)[0]))
      .to.include('denunciation')
      .and.to.include('video');
    const withdrawable = (kind: string) => kindCorrected({ kind, withdrawable: true }, policyValues(), law);
    expect(withdrawable('denunciation')).to.deep.equal({ withdrawable: false });
    expect(withdrawable('praise')).to.deep.equal({ withdrawable: true });
  });

  it('单位照它的种类增加，没有的种类拒绝；它的区县管着下面的单位', async () => {
    const { url, system } = served();
    const refused = await post(url, '/api/units', { name: '某镇人民政府', kind: 'village' });
    expect(problemIn(refused).code).to.equal('input.invalid');
    expect(refused.text).to.include('township 街道、乡镇');
    const county = await post(url, '/api/units', { name: '某县人民政府', kind: 'county' });
    expect(county.text).to.include('"kindName":"县"');
    await post(url, '/api/units', { name: '某镇人民政府', kind: 'township', parent: '某县人民政府' });
    const among = (...names: string[]) =>
      system.database.transaction((transaction) => unitsAmong(transaction, names));
    const place = async (unit: string) => placeOfUnit(await among(unit), { unit }, system.laws.today());
    expect(await place('某镇人民政府')).to.deep.equal({
      unitDistrict: '某县人民政府',
      unitIsDistrict: false,
    });
    expect(await place('某县人民政府')).to.deep.equal({ unitDistrict: null, unitIsDistrict: true });
    const named = ['某镇 人民政府', '某县人民政府', '没有的单位'];
    const above = { name: '某县人民政府', kind: 'county' };
    expect(await among(...named)).to.deep.equal([
      { ...above, above: [] },
      { name: '某镇人民政府', kind: 'township', above: [above] },
    ]);
    const wrong = copyOfPackage();
    wrong.changeJson('regulation/roles.json', (roles: { seesAllFrom: string[] }) => {
      roles.seesAllFrom.push('village');
    });
    expect(() => readAccessRules(wrong.folder)).to.throw(/village|没有这个单位的种类/);
    wrong.leave();
  });

  it('写错的一处不漏：两类同一个 key、没有常用的一类、没有电话', () => {
    const wrong = copyOfPackage();
    wrong.changeJson('regulation/sheet.json', (terms: Terms) => {
      for (const one of terms.kinds) Object.assign(one, { key: 'same', usual: false });
      terms.channels = terms.channels.filter(({ way }) => way !== 'telephone');
    });
    try {
      expect(() => readSheetLists(wrong.folder))
        .to.throw()
        .with.property('message')
        .that.includes('同一个 key')
        .and.includes('usual')
        .and.includes('电话');
    } finally {
      wrong.leave();
    }
  });
});
