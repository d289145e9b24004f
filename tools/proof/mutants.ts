/**
 * Plants every small fault that Stryker knows into the places that decide about law, limits, order and the tree, one at
 * a time, and fails when the tests let one pass that `bench/mutants.md` does not explain. With names of places
 * (`npm run proof -- mutants tree chain`) it does these only.
 */
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { Stryker } from '@stryker-mutator/core';
import { packageRoot } from '../../src/kernel/package-root.js';
import { faultOf, faultsIn, readable } from './mutants/faults.js';
import { places, type Place } from './mutants/places.js';

type Mutant = Awaited<ReturnType<Stryker['runMutationTest']>>[number];

const explained = faultsIn(readFileSync(join(packageRoot, 'bench', 'mutants.md'), 'utf8'));

/** What the tests make of each fault in one place, in a copy of the project. */
async function planted({ files, tests }: Place): Promise<readonly Mutant[]> {
  // A run of tests clears away folders of this name when their process is dead.
  const folder = await mkdtemp(join(tmpdir(), `hotline-test-${process.pid}-mutants-`));
  try {
    return await new Stryker({
      configFile: join(import.meta.dirname, 'mutants', 'stryker.json'),
      ...{ mutate: [...files], mochaFiles: [...tests], tempDirName: folder },
    }).runMutationTest();
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Says what of one file passes unnoticed. @returns how many faults nobody has explained */
function judge(path: string, mutants: readonly Mutant[]): number {
  const [file, source] = [relative(packageRoot, path), readFileSync(path, 'utf8')];
  const surviving = mutants.filter(({ status }) => status === 'Survived' || status === 'NoCoverage');
  const faults = surviving.map((mutant) => faultOf(source, mutant));
  const known = explained.get(file) ?? [];
  const unknown = faults.filter((fault) => !known.includes(fault));
  console.log(`${file}: ${mutants.length} mutants, ${mutants.length - faults.length} noticed`);
  for (const fault of unknown) console.log(`not noticed, not explained:\n${readable(fault)}`);
  for (const fault of known.filter((one) => !faults.includes(one)))
    console.log(`explained, but noticed or gone:\n${readable(fault)}`);
  return unknown.length;
}

// Stryker loads the runner of tests in several processes.
process.env['NODE_OPTIONS'] = '--import=tsx';
const asked = process.argv.slice(2);
const chosen = places.filter(({ name }) => asked.length === 0 || asked.includes(name));
let unexplained = 0;
for (const place of chosen) {
  const mutants = await planted(place);
  for (const path of new Set(mutants.map(({ fileName }) => fileName)))
    unexplained += judge(
      path,
      mutants.filter(({ fileName }) => fileName === path),
    );
}
console.log(`${unexplained} faults pass unnoticed and unexplained`);
if (chosen.length === 0) console.error(`places: ${places.map(({ name }) => name).join(', ')}`);
process.exitCode = unexplained === 0 && chosen.length > 0 ? 0 : 1;
