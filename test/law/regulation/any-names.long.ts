/** Element ids are arbitrary: with other ids, everything legally relevant is the same. */
import { expect } from 'chai';
import { factsOf } from '../../../src/measures/assessment/index.js';
import { replayLine } from '../../../src/cases/replay/outcome.js';
import type { Message } from '../../../src/cases/replay/index.js';
import {
  messageCases,
  replayPastCase,
  readScenarios,
  shippedStage,
  type RehearsedCase,
  type Stage,
} from '../../../src/design/rehearsal/index.js';
import {
  dutiesOf,
  shippedCatalogue,
  shippedLaw,
  shownIn,
  type DutyEntry,
} from '../../../src/law/regulation/index.js';
import { levelsIn } from '../../../src/accountability/events/index.js';
import { shippedSources, theShippedStage } from '../../support/case-runner.js';
import { livedEntries } from '../../support/lived-scenario.js';
import { renamedIn, renamingOf } from '../../support/redrawn.js';
import { shared } from '../../support/shared.js';

const catalogue = shippedCatalogue('2026-01-01');

describe('环节的标识没有法律意义', () => {
  let asShipped: Stage;
  let renamed: Stage;

  before(async () => {
    asShipped = await theShippedStage();
    const renaming = renamingOf(shippedSources());
    renamed = await shippedStage(
      shippedSources().map((xml) => renamedIn(xml, renaming)),
      shippedLaw('2026-03-02'),
    );
    expect(renaming.size).to.be.greaterThan(400);
  });

  it('全部换名之后，300 件回放的来信：义务、指标、级别、期限、结果、来电人看到的一字不差', async function () {
    this.timeout(300_000);
    const messages = await messagesOf(shared(this, 'cases/messages.jsonl'));
    expect(messages).to.have.length(300);
    for (const message of messages) {
      const [before, after] = [asShipped, renamed].map((stage) => replayed(stage, message));
      expect(after, message.no).to.deep.equal(before);
    }
  });

  it('全部换名之后，每个情景的每一刻，义务、指标、级别、期限、来电人看到的也一样', async () => {
    for (const scenario of await readScenarios()) {
      const before = livedEntries(asShipped, scenario);
      const after = livedEntries(renamed, scenario);
      expect(after.length, scenario.name).to.equal(before.length);
      for (let length = 1; length <= before.length; length += 1) {
        expect(meaningOf(after.slice(0, length)), `${scenario.name} 第 ${length} 条`).to.deep.equal(
          meaningOf(before.slice(0, length)),
        );
      }
    }
  });
});

function replayed(stage: Stage, message: Message) {
  const { rehearsed, unfit } = replayPastCase(stage, { no: '推演-0001', message });
  const { entries, file } = rehearsed;
  return {
    unfit,
    ...meaningOf(numbered(entries)),
    line: replayLine(message, entries as never, file.variables.outcome),
    ended: file.endedAt,
  };
}

const numbered = (entries: RehearsedCase['entries']): DutyEntry[] =>
  entries.map((entry, index) => ({ ...entry, seq: index + 1 }));

const meaningOf = (trail: readonly DutyEntry[]) => ({
  duties: dutiesOf(catalogue, trail),
  facts: factsOf(catalogue, trail),
  levels: trail.flatMap((entry) => levelsIn(entry).map((level) => ({ level, at: entry.at }))),
  shown: trail.flatMap((entry) => shownIn(catalogue, entry).map(({ title, withheld }) => [title, withheld])),
});

async function messagesOf(path: string): Promise<Message[]> {
  const found: Message[] = [];
  for await (const one of messageCases(path)) {
    if ('message' in one) found.push(one.message);
    if (found.length === 300) break;
  }
  return found;
}
