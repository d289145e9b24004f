import { writeFileSync } from 'node:fs';
import { sequence, signCheckpoint, verifyTrail } from '../../src/accountability/index.js';
import { useServer } from '../http/serving.js';
import { addResidents } from '../support/residents.js';
import { seed, moveTo } from './seed.js';
import { recordShippedRegulation } from '../../src/law/regulation/index.js';

describe('live', () => {
  const served = useServer();
  it('lives', async function () {
    this.timeout(0);
    const { system, url } = served();
    await recordShippedRegulation(system);
    await seed(served());
    await moveTo(served(), '2026-03-18T10:00:00+08:00');
    await sequence(system.database);
    await signCheckpoint({ ...system, signer: await system.signer() });
    await verifyTrail({ ...system, kept: [], onProgress: () => undefined });
    await addResidents(system.identity);
    const people = await system.identity.people.list();
    const cookies: Record<string, string> = {};
    for (const login of [
      'shouli',
      'chengban',
      'shenhe',
      'duban',
      'kaohe',
      'jiancha',
      'shenji',
      'bianji',
      'shenpi',
      'xitong',
    ]) {
      const person = people.find((one) => one.login === login);
      if (person)
        cookies[login] = await system.database.transaction((t) => system.identity.sessions.openIn(t, person));
    }
    writeFileSync('/tmp/h/bench-live.json', JSON.stringify({ url, cookies, pid: process.pid }));
    await new Promise(() =>
      setInterval(() => {
        void system.database.pool.query('UPDATE hotline.session SET started_at = $1, seen_at = $1', [
          system.clock.now(),
        ]);
      }, 60000),
    );
  });
});
