/**
 * A day of honest work through the interface of two programs on one database. Each call goes to the
 * other program than the last one, must succeed as in the contract, and is recorded, so that the
 * end shows which operations nobody called.
 */
import { expect } from 'chai';
import { after, before } from 'mocha';
import { indexTrail, sequence, signCheckpoint, verifyTrail } from '../../src/accountability/index.js';
import { followTrail } from '../../src/measures/assessment/index.js';
import {
  closeDuePeriods,
  draftDuePublications,
  endMonths,
  recordShippedPolicies,
} from '../../src/cases/index.js';
import { operations, type Operation, type OperationId } from '../../src/http/contract/operations.js';
import type { System } from '../../src/main.js';
import { followDuties, recordShippedRegulation } from '../../src/law/regulation/index.js';
import { followMatters } from '../../src/measures/warning/index.js';
import { answered, send, useServer, type Reply, type Served } from '../http/serving.js';
import { newcomer, sessionOf, type Newcomer, type SignedIn } from '../support/people.js';
import { secondProgram, type SecondProgram } from '../support/second-program.js';
import { settled } from '../support/entries.js';
import { workJobs } from '../support/tried.js';
import { actorName } from '../../src/kernel/actor.js';

export interface Call {
  /** Placeholders of the path. */
  readonly params?: { readonly [name: string]: string | number };
  readonly query?: { readonly [name: string]: string };
  /** As JSON; bytes and texts are sent as they are. */
  readonly body?: object | Buffer | string;
  readonly headers?: { readonly [name: string]: string };
  /** Default: a person who may. */
  readonly as?: SignedIn | 'nobody';
}

export interface Day {
  readonly served: Served;
  /** A person with that login and a valid session; created at the first call. */
  person(who: Newcomer): Promise<SignedIn>;
  /** Calls an operation of the contract. @returns the body of the answer, which must be a success */
  call(id: OperationId, call?: Call): Promise<unknown>;
  /** Calls a path outside the contract, and records nothing. */
  sendTo(path: string, sent?: Parameters<typeof send>[2]): Promise<Reply>;
  /** Lets time pass. */
  later(milliseconds: number): void;
  /** The programs' background work: deadlines, jobs, places in the tree, followers, the end of a month. */
  work(): Promise<void>;
  /** Ends the second program, and opens another in its place with nothing in memory. */
  restart(): Promise<void>;
  /** Findings of a whole verification, in words. */
  findings(): Promise<readonly string[]>;
  readonly called: ReadonlySet<OperationId>;
}

/** For the tests of one `describe`. */
export function useDay(at: string): () => Day {
  const served = useServer({ at });
  let second: SecondProgram | undefined;
  const called = new Set<OperationId>();
  let turn = 0;

  before(async () => {
    const { system } = served();
    await recordShippedRegulation(system);
    await recordShippedPolicies(system);
    second = await secondProgram(system);
  });
  after(() => second?.stop());

  const urls = (): readonly string[] => [served().url, second?.url ?? served().url];
  const next = (): string => urls()[turn++ % 2] ?? '';

  const person: Day['person'] = async (who) => {
    const { system } = served();
    const known = (await system.identity.people.list()).find(({ login }) => login === who.login);
    if (!known) return newcomer(system, who);
    return {
      ...{ login: who.login, actor: actorName(known) },
      ...(await sessionOf(system, who.login)),
    };
  };

  const call: Day['call'] = async (id, { params = {}, query, body, headers = {}, as } = {}) => {
    const operation: Operation = operations[id];
    const path = operation.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
      const given = params[name];
      if (given === undefined) throw new Error(`${id} needs ${name}`);
      return encodeURIComponent(given);
    });
    const plain = typeof body === 'string' || Buffer.isBuffer(body);
    const type = plain ? 'application/octet-stream' : 'application/json';
    const asker =
      as ?? (operation.access === 'anyone' ? 'nobody' : await served().people.allowed(operation.access));
    const reply = await send(next(), query ? `${path}?${new URLSearchParams(query).toString()}` : path, {
      method: operation.method.toUpperCase(),
      as: asker,
      headers: { ...(body === undefined ? {} : { 'content-type': type }), ...headers },
      ...(body === undefined ? {} : { body: plain ? body : JSON.stringify(body) }),
    });
    expect(reply.status, `${id} ${reply.text.slice(0, 1000)}`).to.be.within(200, 299);
    called.add(id);
    return reply.status === 204 ? undefined : answered(id, reply);
  };

  const work = async (): Promise<void> => {
    const programs: readonly Omit<System, 'close'>[] = [served().system, ...(second ? [second.program] : [])];
    for (const program of programs) {
      const { database, catalogues } = program;
      await program.executor.startDue(200);
      while ((await program.executor.fireDue(200)) > 0);
      while ((await program.executor.spreadSignal(200)) > 0);
      await workJobs(program);
      await settled(program);
      await sequence(database);
      await indexTrail(database);
      while ((await followDuties(database, catalogues)) > 0);
      while ((await followTrail(database, catalogues)) > 0);
      while ((await followMatters(program)) > 0);
      await endMonths(program);
      await closeDuePeriods(program);
      await draftDuePublications(program);
      await workJobs(program);
      await sequence(database);
      await signCheckpoint({ ...program, signer: await program.signer() });
    }
  };

  const findings = async (): Promise<readonly string[]> => {
    await work();
    const { system } = served();
    return (await verifyTrail(system)).findings.map(({ attack, detail }) => `${attack} ${detail}`);
  };

  return () => ({
    ...{ person, call, work, findings, called },
    served: served(),
    sendTo: (path, sent = {}) => send(next(), path, { as: 'nobody', ...sent }),
    later: (milliseconds) => {
      const { clock } = served().system;
      clock.moveTo(new Date(clock.now().getTime() + milliseconds));
    },
    restart: async () => {
      await second?.stop();
      second = await secondProgram(served().system);
    },
  });
}
