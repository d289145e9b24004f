/** The reason for each deadline of a case, recomputed from the trail by a freshly started program. */
import { expect } from 'chai';
import { createDueInstant } from '../../../src/calendar/due-instant.js';
import {
  createCalendarKeeper,
  createDueDates,
  countingRule,
  defaultCalendar,
  explain,
} from '../../../src/calendar/index.js';
import { toShanghaiIso } from '../../../src/kernel/civil-date.js';
import { linesOf, nextAct, parseLine, type Message } from '../../../src/cases/replay/index.js';
import { caseInMemory } from '../../../src/engine/index.js';
import { movableClock, type JsonObject } from '../../../src/kernel/index.js';
import type { Law } from '../../../src/kernel/law.js';
import { shippedLaw } from '../../../src/law/regulation/index.js';
import { readScenarios } from '../../../src/design/rehearsal/index.js';
import { theShippedStage } from '../../support/case-runner.js';
import { livedEntries } from '../../support/lived-scenario.js';
import { asOwner } from '../../support/owner.js';
import { shared } from '../../support/shared.js';
import { day, useStory } from './story.js';
import type { DueDates } from '../../../src/kernel/timer-spec.js';

interface Armed {
  readonly element: string;
  readonly due: string | null;
  readonly provisional?: boolean;
  readonly derivation: JsonObject;
}

const armedIn = ({ body }: { readonly body: JsonObject }): readonly Armed[] =>
  (body.armed ?? []) as unknown as readonly Armed[];

describe('期限的说明：跨过 2027 年安排的载入', () => {
  const { system, moveTo, trail, loadNotice } = useStory('2026-12-29T12:00:00+08:00');
  const asked = async (entries: readonly { readonly body: JsonObject }[]) => {
    const derivations = entries.flatMap(armedIn).map(({ derivation }) => derivation);
    const keeper = createCalendarKeeper(movableClock(new Date(0)));
    const why = await system().database.transaction((transaction) =>
      keeper.explainer(transaction, derivations, system().laws.today()),
    );
    return entries.flatMap(armedIn).map((one) => ({ ...one, why: why(one.derivation) }));
  };

  before(async () => {
    await loadNotice();
    await moveTo('2027-01-10T09:00:00+08:00');
  });

  it('载入以前的照旧日历说明，以后的照新日历；届满与条目写的相同', async () => {
    const armed = await asked(await trail());
    for (const { due, provisional = false, why } of armed) {
      expect(why).to.include({ due: due && toShanghaiIso(new Date(due)), provisional });
      if (why.rule === 'working-days') expect(why.days).to.be.an('array').with.length.greaterThan(1);
    }
    const [before, after] = [armed.find(({ element }) => element === 'Timer_ReplyLimit'), armed.at(-1)];
    expect(before?.why).to.include({ due: day('2027-01-01'), provisional: true });
    expect(before?.why.days).to.deep.include({
      date: '2026-12-28',
      counted: true,
      why: '工作日',
    });
    expect(after?.element).to.equal('Timer_SupervisionLimit');
    expect(after?.why.calendar).to.be.a('string').and.not.equal(before?.why.calendar);
  });

  it('日历的一版被改动的，不照它说明', async () => {
    await asOwner(
      system().database.url,
      `UPDATE hotline.calendar_edition SET sources = replace(sources::text, '"working":false', '"working":true')::json`,
    );
    const armed = await asked(await trail());
    const own = defaultCalendar().edition;
    const others = armed.filter(({ derivation }) => derivation.calendar !== own);
    expect(others).to.have.length.greaterThan(0);
    for (const { derivation, why } of others) expect(why).to.equal(derivation);
  });
});

describe('期限的说明：走过的情景和真实诉求', () => {
  const calendar = defaultCalendar();
  const law = shippedLaw('2026-12-29');
  const dueInstant = createDueInstant(calendar, countingRule(law));
  const seen: { readonly why: JsonObject; readonly again: JsonObject }[] = [];
  const dueDates: DueDates = {
    due: (timer, from, terms) => {
      const due = createDueDates({ calendar }).due(timer, from, terms);
      const derivation = JSON.parse(JSON.stringify(due.derivation)) as JsonObject;
      seen.push({
        why: dueInstant(timer, from, terms).explanation,
        again: explain(derivation, calendar, law),
      });
      return due;
    },
  };
  beforeEach(() => void seen.splice(0));

  it('暂停、恢复、延期、退回、按办公时间：每个情景里的每个期限', async () => {
    const stage = { ...(await theShippedStage()), dueDates };
    for (const scenario of await readScenarios()) livedEntries(stage, scenario);
    expect(seen).to.have.length.greaterThan(500);
    for (const { why, again } of seen) expect(again).to.deep.equal(why);
  });

  it('真实诉求里的每个期限', async function () {
    const file = shared(this, 'cases/messages.jsonl');
    const stage = { ...(await theShippedStage()), dueDates };
    let number = 0;
    for await (const line of linesOf(file)) {
      const parsed = parseLine(line.bytes);
      if (parsed.ok && number++ % 20 === 0) live(stage, parsed.message, law);
    }
    expect(seen).to.have.length.greaterThan(500);
    for (const { why, again } of seen) expect(again).to.deep.equal(why);
  });
});

function live(stage: Parameters<typeof caseInMemory>[0], message: Message, law: Law): void {
  const lived = caseInMemory(stage, { businessKey: message.no });
  lived.take({
    kind: 'start',
    businessKey: message.no,
    process: 'acceptance',
    realm: 'replay',
    at: message.receivedAt,
    variables: { channel: 'mailbox', kind: 'help', wishesReply: true, confidential: false },
  });
  while (lived.file.endedAt === null) lived.take(nextAct(stage.definitions, lived.file, message, law));
}
