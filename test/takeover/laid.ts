import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defaultCalendar } from '../../src/calendar/index.js';
import { civilDateOf } from '../../src/kernel/civil-date.js';
import { policiesOf, shippedPolicies } from '../../src/law/policy/index.js';
import { onlyLaw } from '../../src/kernel/law.js';
import { shippedCatalogue, shippedLaw } from '../../src/law/regulation/index.js';
import {
  checkLog,
  openLog,
  readMapping,
  type CheckDeps,
  type CheckedCase,
  type LogRead,
  type Unreadable,
} from '../../src/takeover/index.js';

export const folder = mkdtempSync(join(tmpdir(), 'takeover-test-'));

const deps: CheckDeps = {
  calendar: defaultCalendar(),
  policies: policiesOf(shippedPolicies(), []),
  catalogueAt: (instant) => shippedCatalogue(civilDateOf(instant)),
  laws: onlyLaw(shippedLaw('2026-03-02')),
};

/** A file of the test's folder. */
export function file(name: string, content: string | Uint8Array): string {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

export interface Laid {
  readonly read: LogRead;
  readonly cases: ReadonlyMap<string, CheckedCase>;
  readonly unreadable: readonly Unreadable[];
}

export async function laidOver(log: string, said: unknown): Promise<Laid> {
  const mapping = readMapping(said, shippedCatalogue('2026-01-01'), 'mapping.json');
  const cases = new Map<string, CheckedCase>();
  const unreadable: Unreadable[] = [];
  const read = await checkLog(await openLog(log, mapping), mapping, deps, {
    onUnreadable: (line) => unreadable.push(line),
    onCase: (checked) => Promise.resolve(void cases.set(checked.name, checked)),
  });
  return { read, cases, unreadable };
}

export const verdictOf = ({ cases }: Laid, name: string, norm: string): string | undefined =>
  cases
    .get(name)
    ?.duties.filter((duty) => duty.norm === norm)
    .map(({ verdict }) => verdict)
    .join(' ');

/** `kind article lines` of each finding. */
export const findingsOf = ({ cases }: Laid, name: string): string[] =>
  (cases.get(name)?.findings ?? []).map(
    ({ kind, provisions, lines }) => `${kind} ${provisions[0] ?? ''} ${lines.join(',')}`,
  );
