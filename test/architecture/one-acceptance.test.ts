/** Requests from all channels are accepted in one place. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { packageRoot } from '../../src/kernel/package-root.js';

const source = join(packageRoot, 'src');

const placesOf = (used: RegExp): readonly string[] =>
  readdirSync(source, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts') && used.test(readFileSync(join(source, path), 'utf8')))
    .map((path) => path.replaceAll('\\', '/'));

const home = ['cases/accept.ts'];

describe('受理只有一处', () => {
  it('给编号、开立流转单、启动受理流程、核对幂等键的，只有 cases/accept.ts', () => {
    for (const used of [
      /\.nextNumbers\(/,
      /\bsheets\.open\(/,
      /process: acceptanceKey|process: 'acceptance'/,
      /\b(?:workOrderOfKey|keepKey)\(transaction/,
      /\b(?:linkCall|linkUpstream|answerAtOnce|proposedAtReceipt)\(deps/,
    ])
      expect(placesOf(used), String(used)).to.deep.equal(home);
  });
});
