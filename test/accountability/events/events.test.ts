/** Every kind of entry: its title, its writer, and what it looked like when it was written down first. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { entryTypes, eventOf } from '../../../src/accountability/events/index.js';
import { assertWritable, readEntry } from '../../../src/accountability/events/read-entry.js';
import { isEntryType } from '../../../src/accountability/events/table.js';
import { leafHash, link, origin } from '../../../src/accountability/trail/chain.js';
import type { JsonObject } from '../../../src/kernel/index.js';
import { packageRoot } from '../../../src/kernel/package-root.js';

const folder = join(packageRoot, 'test/accountability/events/golden');
const golden = readdirSync(folder).flatMap((name) =>
  readFileSync(join(folder, name), 'utf8').trimEnd().split('\n'),
);
const saidIn = (line: string) =>
  JSON.parse(line) as JsonObject & { type: string; stream: string; at: string };

const sources = readdirSync(join(packageRoot, 'src'), { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.(ts|vue|sql)$/.test(name) && !name.startsWith('accountability/events/'))
  .map((name) => ({ name, text: readFileSync(join(packageRoot, 'src', name), 'utf8') }));
/** All code that may write; the schema's own entries are written in SQL. */
const source = sources
  .filter(({ name }) => !name.startsWith('web/'))
  .map(({ text }) => text)
  .join('\n');
/** A table that needs a line for each type, even if its reader ignores it. */
const exhaustive =
  /'([a-z-]+\.[a-z-]+)': (?:true|false)|(?:\bin|Record<)\s*(?:Case)?(?:EntryType|TypeAsked)\b(?!\]\?)/g;

describe('轨迹的条目：每一种', () => {
  it('都有中文的名称，各不相同', () => {
    const titles = entryTypes.map((type) => eventOf(type).title);
    for (const title of titles) expect(title).to.match(/^[\p{sc=Han}，、]+$/u);
    expect(new Set(titles).size).to.equal(entryTypes.length);
  });

  it('都有地方写', () => {
    const unwritten = entryTypes.filter(
      (type) => !source.includes(`'${type}'`) && !source.includes(`\`${type.split('.')[0] ?? ''}.\${`),
    );
    expect(unwritten).to.deep.equal([]);
  });

  it('读者只列出所读的，不逐一列出不读的；对办理经过有什么作用，只在 events/ 里写明', () => {
    const lists = sources.flatMap(({ name, text }) =>
      [...text.matchAll(exhaustive)]
        .filter(([, type]) => type === undefined || isEntryType(type))
        .map(([said]) => `${name}: ${said}`),
    );
    expect(lists).to.deep.equal([]);
  });

  it('都存有样本；样本一字不差地读得出来、写得回去', () => {
    expect(new Set(golden.map((line) => saidIn(line).type))).to.deep.equal(new Set(entryTypes));
    for (const line of golden) {
      const { stream, type, at, sealed, state, v, seq, prev, ...said } = saidIn(line);
      const body = Buffer.from(line);
      const place = { stream, seq: 1, type, at: new Date(at) };
      expect(readEntry({ ...place, body, leaf: leafHash(body) }), line).to.deep.include({
        ...place,
        prev,
        body: said,
        digests: sealed ?? {},
        ...(state === undefined ? {} : { state }),
        altered: false,
      });
      expect([v, seq]).to.deep.equal([eventOf(type as (typeof entryTypes)[number]).v, 1]);
      assertWritable(type, said);
      const kept = { ...(sealed ? { sealed } : {}), ...(state === undefined ? {} : { state }) };
      const again = link(origin, stream, type, place.at, said, kept);
      expect(again.body.toString()).to.equal(line);
    }
  });

  it('多一个键、少一个必有的键、换一种值，都写不进去；读的时候多的键不算', () => {
    for (const line of golden) {
      const {
        stream,
        type,
        at,
        sealed: _sealed,
        state: _state,
        v: _v,
        seq: _seq,
        prev: _prev,
        ...said
      } = saidIn(line);
      expect(() => assertWritable(type, { ...said, 多余: 1 }), type).to.throw(TypeError, '多余');
      const body = Buffer.from(JSON.stringify({ ...saidIn(line), 多余: 1 }));
      const read = readEntry({ stream, seq: 1, type, at: new Date(at), body, leaf: leafHash(body) });
      expect(read, type).to.deep.include({ type, body: said });
    }
    const granted = { of: 'jia', actor: '甲（jia）', role: 'auditor' };
    expect(() => assertWritable('role.granted', granted)).to.not.throw();
    for (const wrong of [
      { ...granted, role: 1 },
      { of: 'jia', role: 'auditor' },
    ])
      expect(() => assertWritable('role.granted', wrong)).to.throw(TypeError);
    expect(() => assertWritable('role.painted', {})).to.throw(TypeError, 'role.painted');
  });
});
