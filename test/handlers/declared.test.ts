/** Every handler reads, sets and moves only what it declares, in all scenarios. */
import { expect } from 'chai';
import type { Handlers } from '../../src/engine/index.js';
import { createHandlers, producedByHandlers } from '../../src/handlers/index.js';
import { shippedLaw } from '../../src/law/regulation/index.js';
import { readScenarios, runScenario } from '../../src/design/rehearsal/index.js';
import { theShippedStage } from '../support/case-runner.js';
import { undeclaredIn, watchedReads } from '../support/declared-writes.js';

const law = shippedLaw('2026-03-02');

/** No scenario reaches these; the handlers' tests do, and also compare every answer with the declaration. */
const elsewhere = new Set([
  ...['answerDemand < supportsOpen', 'closeAudit < replyPaused'],
  ...['openExplanations < explanationUntil', 'openExplanations < explanationWindow'],
  ...['pauseForAudit < auditPaused', 'pauseForAudit < replyPaused'],
  ...['pauseForAudit < replyOverdue', 'pauseForAudit < completionOverdue'],
  ...['recordAcceptanceOutcome < explanationUntil'],
  ...['resumeAfterAudit < replyPaused', 'resumeAfterAudit < auditPaused'],
  'answerDemand supportingUnits',
  'answerDemand supportsOpen',
  'checkPromisedDate ! date-invalid',
  'closeAudit auditPaused',
  'closeAudit replyPaused',
  'computeFigures ! method-not-approved',
  'countRound hotlineLate',
  'openExplanations explanationUntil',
  'pauseForAudit auditPaused',
  'pauseForAudit replyPaused',
  'recordAcceptanceOutcome explanationUntil',
  'resumeAfterAudit auditPaused',
  'resumeAfterAudit replyPaused',
  'verifyReferral ! dissuasion-missing',
  'verifyRepeat ! not-a-repeat',
  'verifySupervisionPrecondition ! accountability-open',
  'withdrawAccountability openRefusals',
]);

describe('处理程序声明读什么、写什么、动哪个期限、报什么错', () => {
  it('全部情景里，只读、只写声明过的变量，值合声明，只报声明过的错；声明的没有一样不写、不读', async () => {
    const wrong = new Set<string>();
    const written = new Set<string>();
    const watched = watching(createHandlers(), wrong, written);
    const stage = { ...(await theShippedStage()), handlers: watched };
    for (const scenario of await readScenarios()) runScenario(stage, scenario);
    expect([...wrong]).to.deep.equal([]);
    const declared = [...producedByHandlers(law)].flatMap(
      ([name, { reads, policies, writes, errors = {} }]) => [
        ...[reads, policies].flatMap((list) => list?.split(' ') ?? []).map((read) => `${name} < ${read}`),
        ...Object.keys(writes).map((variable) => `${name} ${variable}`),
        ...Object.keys(errors).map((error) => `${name} ! ${error}`),
      ],
    );
    // A law without recusal hands over by the same rules, which the shipped law covers.
    const missed = declared.filter((one) => !written.has(one.replace('handOver', 'assignUnit')));
    expect(missed.filter((one) => !elsewhere.has(one))).to.deep.equal([]);
    expect([...elsewhere].filter((one) => !declared.includes(one))).to.deep.equal([]);
  });

  it('每一个都声明了', () => {
    expect([...producedByHandlers(law).keys()]).to.have.members([...createHandlers().names()]);
  });
});

function watching(handlers: Handlers, wrong: Set<string>, written: Set<string>): Handlers {
  return {
    names: () => handlers.names(),
    get: (name) => {
      const decide = handlers.get(name);
      return (
        decide &&
        ((context) => {
          const result = decide(
            watchedReads(name, context, law, (what, isDeclared) => (isDeclared ? written : wrong).add(what)),
          );
          for (const said of undeclaredIn(name, result, law)) wrong.add(said);
          if ('error' in result) written.add(`${name} ! ${result.error}`);
          if ('variables' in result) {
            for (const variable of Object.keys(result.variables ?? {})) written.add(`${name} ${variable}`);
          }
          return result;
        })
      );
    },
  };
}
