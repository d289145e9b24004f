/** Compares explanations of stored derivations with the explanations that were once written in full. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import canonicalize from 'canonicalize';
import { expect } from 'chai';
import { createDueDates, explain } from '../../src/calendar/index.js';
import type { JsonObject } from '../../src/kernel/index.js';
import { shippedLaw } from '../../src/law/regulation/index.js';
import { timers, type Timer } from './timers.js';

const law = shippedLaw('2026-03-02');

/**
 * By timer: the first 16 digits of the SHA-256 of the explanations that the program wrote while
 * entries still contained them.
 */
const written = JSON.parse(readFileSync(join(import.meta.dirname, 'explanations.json'), 'utf8')) as {
  readonly [timer: string]: string;
};

/** As read back from the trail. */
const throughJson = (value: JsonObject): JsonObject => JSON.parse(canonicalize(value) ?? '') as JsonObject;

const derivationOf = ({ spec, from, policies, adjustments, calendar }: Timer): JsonObject =>
  throughJson(createDueDates({ calendar }).due(spec, from, { policies, adjustments }).derivation);

describe('期限的说明由规则、起算、日历版本重新算出', () => {
  it('与从前逐字写进轨迹的相同：各种计时，有无政策，暂停、恢复、延长、重新起算，暂定的年份，载入 2027 年安排前后', () => {
    const again = [...timers].map(([name, all]) => {
      const hash = createHash('sha256');
      for (const timer of all)
        hash.update(canonicalize(explain(derivationOf(timer), timer.calendar, law)) ?? '');
      return [name, hash.digest('hex').slice(0, 16)] as const;
    });
    expect(Object.fromEntries(again)).to.deep.equal(written);
  });

  it('日历版本不明的，只说写下的', () => {
    const [timer] = [...timers.values()].flat();
    const derivation = timer ? derivationOf(timer) : {};
    expect(explain(derivation, undefined, law)).to.equal(derivation);
    expect(explain({}, timer?.calendar, law)).to.deep.equal({});
  });
});
