import { createHash } from 'node:crypto';
import { expect } from 'chai';
import {
  recordedCatalogue,
  recordedVersions,
  recordShippedRegulation,
  regulationFiles,
  shippedCatalogue,
  versionOn,
} from '../../../src/law/regulation/index.js';
import { useSystem } from '../../support/system.js';
import { plainTrails } from '../../support/entries.js';

describe('条例的各版', () => {
  const system = useSystem({ at: '2026-11-24T09:00:00+08:00', shipped: false });
  const within = <Answer>(work: Parameters<ReturnType<typeof system>['database']['transaction']>[0]) =>
    system().database.transaction(work) as Promise<Answer>;

  it('第一次启动记下随程序附带的各版，轨迹有条目写明文件、SHA-256、自何日起；再启动不重复', async () => {
    const twice = await Promise.all([recordShippedRegulation(system()), recordShippedRegulation(system())]);
    expect(twice.reduce((sum, recorded) => sum + recorded, 0)).to.equal(1);
    expect(await recordShippedRegulation(system())).to.equal(0);
    const files = await system().database.transaction(regulationFiles);
    const trail = await system().database.transaction((transaction) =>
      plainTrails(system().trail, transaction, ['regulation']),
    );
    const told = (trail.get('regulation') ?? []).map(({ type, body }) => ({ type, ...body }));
    expect(told).to.have.length(files.size);
    for (const [file, content] of files) {
      const sha256 = createHash('sha256').update(content).digest('hex');
      expect(told.find((entry) => 'file' in entry && entry.file === file)).to.deep.include({
        type: 'regulation.recorded',
        regulation: 'jinan-12345',
        version: '2018',
        file,
        sha256,
        validFrom: '2018-09-01',
        validTo: null,
      });
    }
  });

  it('记下的就是目录：逐条、逐项义务相同', async () => {
    const [version] = await system().database.transaction(recordedVersions);
    if (!version) throw new Error('none is recorded');
    const catalogue = await system().database.transaction((transaction) =>
      recordedCatalogue(transaction, version, system().laws.today()),
    );
    expect(catalogue.norms).to.deep.equal(shippedCatalogue('2026-11-25').norms);
    expect(catalogue.provisions).to.deep.equal(shippedCatalogue('2026-11-25').provisions);
  });

  it('记下的版本谁也改不了、删不了', async () => {
    for (const statement of [
      `UPDATE hotline.regulation_version SET sha256 = 'x'`,
      'DELETE FROM hotline.regulation_version',
      'TRUNCATE hotline.regulation_version',
    ]) {
      const error: unknown = await within((transaction) => transaction.query(statement)).catch(
        (thrown: unknown) => thrown,
      );
      expect(error, statement).to.be.instanceOf(Error);
    }
    expect(await system().database.transaction(recordedVersions)).to.have.length(1);
  });

  const at = (text: string) => new Date(`${text}T12:00:00+08:00`);
  const row = (file: string, validFrom: string, recorded: string, validTo: string | null = null) => ({
    regulation: 'r',
    version: validFrom,
    sha256: file,
    file,
    validFrom,
    validTo,
    recordedAt: at(recorded),
  });
  const recorded = [
    row('第一版', '2018-09-01', '2026-11-01'),
    row('第一版更正', '2018-09-01', '2026-12-10'),
    row('第二版', '2027-01-01', '2026-12-20'),
  ];
  const judged = (day: string, known = day): string | undefined => versionOn(recorded, day, at(known))?.file;

  it('依受理那天现行的一版；后一版自它的第一天起', () => {
    expect(judged('2026-12-31')).to.equal('第一版更正');
    expect(judged('2027-01-01')).to.equal('第二版');
  });

  it('当时还不知道的更正不追溯；早于第一次记下的，依最初记下的', () => {
    expect(judged('2026-12-09')).to.equal('第一版');
    expect(judged('2026-12-11')).to.equal('第一版更正');
    expect(judged('2020-05-06')).to.equal('第一版');
    expect(judged('2027-01-05', '2026-12-15')).to.equal('第一版更正');
  });

  it('施行以前、失效以后，没有依据的一版', () => {
    expect(judged('2018-08-31')).to.equal(undefined);
    const ended = [row('旧', '2010-01-01', '2026-11-01', '2018-09-01')];
    expect(versionOn(ended, '2018-08-31', at('2026-11-02'))?.file).to.equal('旧');
    expect(versionOn(ended, '2018-09-01', at('2026-11-02'))).to.equal(undefined);
  });
});
