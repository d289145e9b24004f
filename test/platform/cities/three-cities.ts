/**
 * The three shipped cities in one database, as `hotline serve --cities` runs them, each with its
 * own law, people, token and data.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { csrfTokenOf, readSamplePeople, roles, type Role } from '../../../src/identity/index.js';
import { systemClock } from '../../../src/kernel/index.js';
import { packageRoot, usePackage } from '../../../src/kernel/package-root.js';
import { openSystem } from '../../../src/main.js';
import { send, type Reply, type Sent } from '../../http/serving.js';
import { asOwner, ownersRows } from '../../support/owner.js';
import { newcomer } from '../../support/people.js';
import { copyWhole } from '../../support/city-package.js';

export interface Place {
  readonly key: string;
  readonly name: string;
  /** Its package, from the project's root. */
  readonly shipped: string;
  readonly host?: string;
  readonly path?: string;
  /** Part of every text created in it, and of no other city's. */
  readonly mark: string;
  /** Its ids begin here, unlike those of any other city. */
  readonly first: number;
}

export const places: readonly Place[] = [
  { key: 'across_a', name: '济南市', shipped: '.', host: 'localhost', mark: '济南独有', first: 100_001 },
  {
    ...{ key: 'across_b', name: '潍坊市', shipped: 'packages/weifang' },
    ...{ path: '/weifang', mark: '潍坊独有', first: 200_001 },
  },
  {
    ...{ key: 'across_c', name: '北京市', shipped: 'packages/beijing' },
    ...{ path: '/beijing', mark: '北京独有', first: 300_001 },
  },
];

export interface Proof {
  readonly secret: string;
  readonly csrf: string;
}

export interface CityInUse extends Place {
  readonly sessions: ReadonlyMap<Role, Proof>;
  readonly token: string;
  /** Its ids and names, by the contract's parameters. */
  readonly known: { readonly [name: string]: string };
}

/** A copy of the city's package, without a limit of requests. */
export function packageOf({ shipped }: Place, folder: string): void {
  mkdirSync(folder, { recursive: true });
  copyWhole(join(packageRoot, shipped), folder);
  const file = join(folder, 'regulation', 'access.json');
  const access = JSON.parse(readFileSync(file, 'utf8')) as { requests: { most: number } };
  access.requests.most = 1_000_000;
  writeFileSync(file, JSON.stringify(access));
}

/** Asks a city through the gateway. */
export const ask = (gateway: string, { host, path = '' }: Place, what: string, sent: Sent): Promise<Reply> =>
  send(gateway, `${path}${what}`, {
    ...sent,
    as: 'nobody',
    headers: { ...sent.headers, ...(host === undefined ? {} : { host: `${host}:${new URL(gateway).port}` }) },
  });

/** A session in the form this city accepts: under its own cookie's name. */
export const shown = ({ path }: Place, { secret, csrf }: Proof): { readonly [name: string]: string } => ({
  cookie: `${path === undefined ? '__Host-hotline' : `__Secure-hotline-${path.slice(1)}`}=${secret}`,
  'x-csrf-token': csrf,
});

/** Gives a city ids of its own, people of every role, and one of everything that a person can create. */
export async function inUse(
  gateway: string,
  place: Place,
  database: string,
  folders: { readonly package: string; readonly data: string },
): Promise<CityInUse> {
  await numberFrom(database, place);
  const sessions = await peopleOf(place, database, folders);
  const make = async (
    role: Role,
    path: string,
    body: object,
  ): Promise<{ readonly [field: string]: unknown }> => {
    const proof = sessions.get(role);
    if (!proof) throw new Error(role);
    const reply = await ask(gateway, place, path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...shown(place, proof) },
      body: JSON.stringify(body),
    });
    expect(reply.status, `${place.key} ${path}: ${reply.text.slice(0, 500)}`).to.be.oneOf([200, 201]);
    return reply.json as { readonly [field: string]: unknown };
  };
  const { mark } = place;
  const accepted = (await make('intake', '/api/work-orders', {
    channel: 'phone',
    kind: 'help',
    title: `${mark}的停水`,
    content: `${mark}的诉求内容`,
    callerName: `${mark}来电人`,
    callerContact: '13800001234',
  })) as { readonly sheet: { readonly no: string }; readonly tasks: readonly { readonly id: string }[] };
  const { no } = accepted.sheet;
  await make('intake', `/api/work-orders/${no}/notes`, { text: `${mark}的备注` });
  await make('intake', '/api/knowledge', {
    unit: hotlineOf(place),
    title: `${mark}的知识`,
    body: `${mark}的知识正文`,
    reviewOn: '2027-01-01',
  });
  const system = await make('security-admin', '/api/systems', { name: `${mark}的平台` });
  const issued = await make('security-admin', `/api/systems/${String(system['id'])}/tokens`, {
    scopes: ['units:read'],
    days: 1,
  });
  return {
    ...place,
    sessions,
    token: String(issued['token']),
    known: {
      no,
      member: no,
      id: accepted.tasks[0]?.id ?? '',
      login: `${place.key}-somebody`,
      key: 'acceptance',
      version: '1',
      role: 'intake',
    },
  };
}

async function numberFrom(database: string, { key, first }: Place): Promise<void> {
  const rows = await ownersRows<{ name: string }>(
    database,
    `SELECT format('%I.%I', schemaname, sequencename) AS name FROM pg_sequences WHERE schemaname = '${key}'`,
  );
  await asOwner(
    database,
    ...rows.map(({ name }) => `ALTER SEQUENCE ${name} RESTART WITH ${first}`),
    `INSERT INTO ${key}.work_order_number (day, last) VALUES ((now() AT TIME ZONE 'Asia/Shanghai')::date, ${first - 1})`,
  );
}

const hotlineOf = ({ shipped }: Place): string =>
  readSamplePeople(join(packageRoot, shipped)).units.find(({ kind }) => kind === 'hotline')?.name ?? '';

async function peopleOf(
  place: Place,
  database: string,
  folders: { readonly package: string; readonly data: string },
): Promise<ReadonlyMap<Role, Proof>> {
  usePackage(folders.package);
  const { key, mark } = place;
  const unit = hotlineOf(place);
  const system = await openSystem({
    clock: systemClock,
    applicationName: 'test',
    url: database,
    directory: folders.data,
    schema: key,
  });
  try {
    const sessions = new Map<Role, Proof>();
    for (const role of roles) {
      const login = `${key.replace('_', '-')}-${role}`;
      const { secret } = await newcomer(system, { login, name: `${mark}的人`, unit, roles: [role] });
      sessions.set(role, { secret, csrf: csrfTokenOf(secret) });
    }
    await newcomer(system, {
      login: `${key.replace('_', '-')}-somebody`,
      name: `${mark}某人`,
      unit,
      roles: [],
    });
    return sessions;
  } finally {
    await system.close();
  }
}

/** October is published, with numbers of its own; November is a draft that nobody has published. */
export async function publishes(
  database: string,
  { key, name, first }: Place,
  received: number | null,
  reply: { readonly met: number; readonly of: number } | null,
): Promise<void> {
  const content = {
    ...{ kind: 'public', period: '2026-10', version: 1, title: `${name}十月的情况`, issuer: name },
    ...{ documentNumber: `${name}〔2026〕1 号`, issuedOn: '2026-11-10', correction: null, threshold: 5 },
    ...{ channels: [], standards: [], steps: [], received, groups: [], leftOut: 0, cases: [] },
    intake: [{ heading: '渠道', cells: [{ label: '电话', count: received }] }],
    measures: [
      { label: '按时答复', meaning: '分母：应当答复的', ...(reply ?? { met: null, of: null }), rate: null },
    ],
  };
  const publication = (id: number, period: string): string =>
    `INSERT INTO ${key}.assessment_publication (id, kind, period, version, content, drafted_by, drafted_at)
     OVERRIDING SYSTEM VALUE VALUES (${id}, 'public', '${period}', 1, '${JSON.stringify(content)}', '考核甲', now())`;
  await asOwner(
    database,
    publication(first + 900, '2026-10'),
    publication(first + 901, '2026-11'),
    `INSERT INTO ${key}.assessment_publication_act (publication, seq, act, actor, login, at, content)
     VALUES (${first + 900}, 1, 'publish', '考核乙', 'kaohe', now(), '${JSON.stringify(content)}')`,
  );
}
