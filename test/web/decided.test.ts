/**
 * One operation takes several decisions: its summary says none of them, so the screen says which.
 * The contract's words after an act (`deedsOf`) are therefore withheld (`quiet`).
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { z } from 'zod';
import { deedsOf } from '../../src/http/contract/deeds.js';
import { operations, type Operation } from '../../src/http/contract/operations.js';
import { packageRoot } from '../../src/kernel/package-root.js';

/** What may be decided by a field `decision` or `act` of the body. */
function decisionsOf({ body }: Operation): readonly string[] {
  if (!(body instanceof z.ZodObject)) return [];
  const shape: { readonly [field: string]: unknown } = body.shape;
  return ['decision', 'act'].flatMap((field) => {
    const asked = shape[field];
    return asked instanceof z.ZodEnum ? asked.options.map(String) : [];
  });
}

const deciding = Object.entries<Operation>(operations).filter(([, one]) => decisionsOf(one).length > 1);

const screens = readdirSync(join(packageRoot, 'src/web'), { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.vue'))
  .map((path) => ({ path, text: readFileSync(join(packageRoot, 'src/web', path), 'utf8') }));

describe('办完以后说的是哪一个决定', () => {
  it('政策、考核办法、公开、条例的修改、线索由一个接口决定几种', () => {
    expect(deciding.map(([id]) => id)).to.have.members([
      ...['rulePolicy', 'ruleMethod', 'rulePublication', 'ruleAmendment', 'decideRadar'],
    ]);
  });

  for (const [id] of deciding)
    it(`${id}：合同不替几种决定说同一句，画面说出是哪一个`, () => {
      expect(deedsOf(operations)).not.to.have.property(id);
      const calling = screens.filter(({ text }) => text.includes(`call('${id}'`));
      expect(calling).not.to.deep.equal([]);
      for (const { path, text } of calling)
        expect(text, path).to.match(/\bsay(Decided)?\([^)]*(decision|act)\b/);
    });
});
