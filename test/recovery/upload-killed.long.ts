/**
 * A program is killed at every step while it takes in a caller's photograph: no sheet has half a
 * file, no file remains without a sheet, and sending it again works.
 */
import { readdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect } from 'chai';
import { addAttachment, sweepAttachments, verifyAttachments } from '../../src/cases/index.js';
import { movableClock } from '../../src/kernel/index.js';
import { accept, useServer } from '../http/serving.js';
import { killedAt } from '../support/killed-at.js';
import { photo } from '../support/sample-files.js';
import type { FileStep, Upload } from '../support/upload-program.js';

const fileSteps: readonly FileStep[] = [
  'received half',
  'content half',
  'content whole',
  'thumbnail half',
  'thumbnail whole',
];
/** More statements than adding a file has. */
const mostStatements = 40;

describe('传照片时程序被 kill -9', () => {
  const served = useServer({ at: 'now' });
  const folder = (): string => dirname(served().system.aside);
  const filesIn = async (name: string): Promise<string[]> =>
    (await readdir(join(folder(), name), { recursive: true, withFileTypes: true }))
      .filter((one) => one.isFile())
      .map((one) => one.name)
      .sort();
  const rowsOf = async (no: string): Promise<string[]> => {
    const { rows } = await served().system.database.pool.query<{ id: string }>(
      'SELECT id FROM hotline.attachment WHERE work_order = $1',
      [no],
    );
    return rows.map(({ id }) => id);
  };
  const entriesOf = async (no: string): Promise<number> => {
    const { rows } = await served().system.database.pool.query(
      'SELECT FROM hotline.trail_entry WHERE stream = $1 AND body LIKE \'%"attachment.added"%\'',
      [no],
    );
    return rows.length;
  };

  /** @returns how it ended: a signal, or a code */
  async function uploaded(upload: Upload): Promise<string | number | null> {
    return killedAt('upload-program.ts', JSON.stringify(upload));
  }

  it('每一步：没有半个附件，没有留下无主的文件；再传一次，恰好一个', async function () {
    this.timeout(600_000);
    const { url, system } = served();
    const bytes = await photo(900, 700);
    const file = join(folder(), 'sent.jpg');
    await writeFile(file, bytes);
    const sheets: string[] = [];
    const ended: (string | number | null)[] = [];
    const attempt = async (step: Upload['step']): Promise<string | number | null> => {
      const { no } = (await accept(url)).sheet;
      const how = await uploaded({
        ...{ url: system.database.url, folder: folder(), file, no, ring: system.ring, step },
      });
      sheets.push(no);
      ended.push(how);
      const before = (await rowsOf(no)).length;
      expect(await entriesOf(no), `row and entry after ${step}`).to.equal(before);
      // The caller sends it again.
      const source = (async function* () {
        yield await Promise.resolve(bytes);
      })();
      const again = await addAttachment(system, {
        ...{ no, name: '现场.jpg', shows: 'matter', actor: undefined, source, declared: bytes.length },
      });
      expect(again.isNew, `again after ${step}`).to.equal(before === 0);
      expect(await rowsOf(no), `sent again after ${step}`).to.have.length(1);
      expect(await entriesOf(no), `entries after ${step}`).to.equal(1);
      return how;
    };

    for (const step of fileSteps) expect(await attempt(step), step).to.equal('SIGKILL');
    let statements = 0;
    while (statements < mostStatements && (await attempt(statements + 1)) === 'SIGKILL') statements += 1;
    expect(statements).to.be.within(10, mostStatements - 1);
    expect(ended.at(-1)).to.equal(0);

    const later = movableClock(new Date(system.clock.now().getTime() + 3 * 86_400_000));
    await sweepAttachments({ ...system, clock: later });
    const owned = (await Promise.all(sheets.map(rowsOf))).flat();
    expect(owned).to.have.length(sheets.length);
    expect(await filesIn('attachments')).to.deep.equal(owned.flatMap((id) => [id, `${id}.thumbnail`]).sort());
    expect(await filesIn('receiving')).to.deep.equal([]);
    expect(await verifyAttachments(system)).to.deep.equal({ checked: owned.length, findings: [] });
  });
});
