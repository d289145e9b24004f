/** Concurrently started test runs remove leftovers of a killed run. */
import { mkdir, mkdtemp, readdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { expect } from 'chai';
import { clear } from '../../support/run.js';

describe('the folder of a killed test run', () => {
  it('several runs clear it at the same moment: none stumbles over what another has removed', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'abandoned-'));
    for (let index = 0; index < 40; index += 1) {
      const cluster = join(folder, String(index));
      await mkdir(cluster);
      await writeFile(join(cluster, 'postmaster.pid'), '');
    }
    await Promise.all(
      Array.from({ length: 40 }, async (_, turns) => {
        for (let turn = 0; turn < turns; turn += 1) await setImmediate();
        await clear(folder);
      }),
    );
    expect(await readdir(tmpdir())).not.to.include(basename(folder));
  });
});
