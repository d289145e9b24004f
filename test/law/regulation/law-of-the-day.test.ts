/**
 * A program that runs over a change of law cites the version of the day, on its pages, too; an
 * amendment is recorded meanwhile.
 */
import { expect } from 'chai';
import express from 'express';
import { producedByHandlers } from '../../../src/handlers/index.js';
import { openApiDocument } from '../../../src/http/openapi.js';
import { servePages } from '../../../src/http/routes/pages.js';
import { listen } from '../../../src/http/index.js';
import { lawTitle, provisionFor } from '../../../src/kernel/law.js';
import { createLawFollower, recordShippedRegulation } from '../../../src/law/regulation/index.js';
import { recordAmendedLaw } from '../../support/amended-law.js';
import { useSystem } from '../../support/system.js';

const cited = (document: object): string[] => [
  ...new Set(JSON.stringify(document).match(/第[〇零一二三四五六七八九十百]+条/g)),
];

describe('程序引用的是当日施行的一版条例', () => {
  const system = useSystem({ at: '2026-12-31T10:00:00+08:00', shipped: false });

  it('运行中记下的修订，到施行那天 00:00 起引用它，网页也是；以前引用原来的', async () => {
    const { clock, laws } = system();
    const saying = () => ({
      title: lawTitle(laws.today()),
      refusal: provisionFor('refusal', laws.today()),
    });
    const follow = createLawFollower(system());
    await recordShippedRegulation(system());
    expect(cited(openApiDocument('0', laws.today())).length).to.be.greaterThan(5);
    const before = saying();
    expect(await follow()).to.equal(true);
    expect(await follow(), 'nothing new').to.equal(false);
    await recordAmendedLaw(system(), { title: '某市修订后的条例', from: '2027-01-01', place: 'art1' });
    expect(await follow()).to.equal(true);

    const app = express();
    servePages(app, laws);
    const server = await listen(app, { host: '127.0.0.1', port: 0 });
    try {
      const page = async (): Promise<string> => (await fetch(`${server.url}/query`)).text();
      clock.moveTo(new Date('2026-12-31T23:59:59.999+08:00'));
      expect(saying()).to.deep.equal(before);
      expect(await page())
        .to.include(laws.today().title)
        .and.not.to.include('修订后');
      clock.moveTo(new Date('2027-01-01T00:00:00+08:00'));
      expect(saying().title).to.equal('《某市修订后的条例》');
      expect(saying().refusal).to.equal('art1').and.not.to.equal(before.refusal);
      expect(cited(openApiDocument('0', laws.today())), 'in the document of the interface').to.deep.equal([
        '第一条',
      ]);
      const produced = [...producedByHandlers(laws.today())].map(([, { writes }]) => writes);
      expect(JSON.stringify(produced).match(/\bart\d+/g)).to.satisfy((ids: string[]) =>
        ids.every((id) => id === 'art1'),
      );
      expect(await page()).to.include('某市修订后的条例');
    } finally {
      await server.close();
    }
  });
});
