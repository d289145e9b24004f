/** The database, its user and session settings; describes it without the password. */
import { Refusal } from '../../kernel/refusal.js';
import { defaultSchema, schemaNames, type SchemaNames } from './schema-names.js';

export interface Host {
  /** A name, an address, or the folder of a socket. */
  readonly host: string;
  readonly port: string;
}

export interface Target {
  /** URL with the first host. */
  readonly url: string;
  /** In the order of attempts. */
  readonly hosts: readonly Host[];
  readonly database: string;
  /** For display: host, port, database and user, never the password. */
  readonly description: string;
  readonly names: SchemaNames;
}

/**
 * @throws {Refusal} `database.unusable` unless a `postgres://` URL with a permitted schema name; never repeats the URL,
 * which may contain a password
 */
export function parseTarget(text: string, schema = defaultSchema): Target {
  // The standard's parser does not accept `user:password@/database?host=/run/postgresql`, a socket
  // in libpq's notation, or several hosts.
  const [, before = '', authority = '', after = ''] =
    /^([a-z]+:\/\/(?:[^/?#]*@)?)([^/?#]*)(.*)$/s.exec(text) ?? [];
  const [first = '', ...others] = authority.split(',');
  const whole = authority === '' ? text.replace('@/', '@localhost/') : `${before}${first}${after}`;
  const url = URL.canParse(whole) ? new URL(whole) : undefined;
  if (!url || !['postgres:', 'postgresql:'].includes(url.protocol) || !decodes(url)) {
    throw new Refusal('database.unusable', 'DATABASE_URL 不是有效的 PostgreSQL 地址。', {
      remedy:
        '写成 postgres://用户:口令@主机:端口/数据库，几台主机的写 主机：端口，主机：端口；口令里的 @ : / # % 等字符要写成 %40 一类的转义；不设 DATABASE_URL 则使用自带的数据库。',
    });
  }
  const attributes = url.searchParams.get('target_session_attrs') ?? 'any';
  if (!['any', 'read-write', 'primary'].includes(attributes)) {
    throw new Refusal('database.unusable', `DATABASE_URL 的 target_session_attrs 不能是 ${attributes}。`, {
      remedy: '程序要写数据库：写 read-write',
    });
  }
  url.searchParams.delete('target_session_attrs');
  const hosts = hostsOf(url, others);
  const [{ host, port }] = hosts;
  if (hosts.length > 1) {
    // For pg, these parameters override the address.
    for (const name of ['host', 'port']) url.searchParams.delete(name);
    url.hostname = 'localhost';
  }
  const user = decodeURIComponent(url.username) || process.env['PGUSER'] || process.env['USER'] || '';
  const database = decodeURIComponent(url.pathname.slice(1)) || process.env['PGDATABASE'] || user;
  const where =
    hosts.length === 1
      ? `主机 ${host}、端口 ${port}`
      : `主机 ${hosts.map((one) => `${one.host}:${one.port}`).join(',')}`;
  const description = `${where}、数据库 ${database}、用户 ${user}`;
  return { url: url.href, hosts, database, description, names: schemaNames(schema) };
}

/** Hosts of the URL: its first host followed by `others`, or the lists in its parameters. */
function hostsOf(url: URL, others: readonly string[]): readonly [Host, ...Host[]] {
  const byDefault = url.searchParams.get('port') || url.port || process.env['PGPORT'] || '5432';
  const ports = byDefault.split(',');
  const named = url.searchParams.get('host') || url.hostname || process.env['PGHOST'] || 'localhost';
  const [first = '', ...more] = named.split(',');
  const portAt = (at: number): string => ports[at] ?? ports[0] ?? '5432';
  return [
    { host: bare(first), port: portAt(0) },
    ...more.map((host, at) => ({ host: bare(host), port: portAt(at + 1) })),
    ...others.map((one) => {
      const [, host = '', port = '5432'] = /^(\[[^\]]*\]|[^:]*)(?::(\d+))?$/.exec(one) ?? [];
      return { host: bare(host), port };
    }),
  ];
}

/** An IPv6 address has brackets only within a URL. */
const bare = (host: string): string => host.replace(/^\[(.*)\]$/, '$1');

function decodes(url: URL): boolean {
  try {
    return [url.username, url.password, url.pathname].every((part) => decodeURIComponent(part) !== undefined);
  } catch {
    return false;
  }
}

export interface Session {
  readonly applicationName: string;
  /** Default: the session keeps the rights of the URL's user, the owner. */
  readonly role?: string;
  /** `server_version_num`; without it, settings unknown to older servers are omitted. */
  readonly serverVersion?: number;
}

/**
 * Our statements take milliseconds; one that takes a minute hangs, with its locks. Overridden by the URL's `options`,
 * and by `SET LOCAL` for long work.
 */
const limits = '-c statement_timeout=60s -c lock_timeout=30s';

/**
 * The lease: how long a stalled program (stopped, swapped out, behind a pulled cable) may hold its locks. A dead
 * program's connection ends at once. Between two statements of a transaction our programs compute some hundred
 * milliseconds at most, so 15 seconds are plenty. A program stopped while receiving a result is not idle to the server:
 * then the unacknowledged bytes count, or, from PostgreSQL 17 on, the transaction's length.
 */
const lease = '-c idle_in_transaction_session_timeout=15s -c tcp_user_timeout=30s';
const leaseFrom17 = '-c transaction_timeout=60s';

/**
 * Plans each prepared statement once. By default PostgreSQL replans statements with array
 * parameters, because it then knows their length: measured at a third of a small step's cost.
 */
const plans = '-c plan_cache_mode=force_generic_plan';

/** A migration may take as long as its tables need, and wait as long for another program's migration. */
const noLimits = '-c statement_timeout=0 -c lock_timeout=0 -c idle_in_transaction_session_timeout=0';

/**
 * The URL with the session's settings, given at session start so that `RESET` and `DISCARD ALL` return to them. Later
 * settings win: the limits come before the URL's own options; role, schema and zone after.
 */
export function sessionUrl(target: Target, session: Session): string {
  const url = new URL(target.url);
  const path = `${target.names.schema},${target.names.jobs}`;
  const fixed = `-c search_path=${path} -c timezone=UTC${session.role ? ` -c role=${session.role}` : ''}`;
  const own = url.searchParams.get('options') ?? process.env['PGOPTIONS'] ?? '';
  const ends = (session.serverVersion ?? 0) >= 170_000 ? `${lease} ${leaseFrom17}` : lease;
  url.searchParams.set(
    'options',
    session.role ? `${limits} ${ends} ${plans} ${own} ${fixed}` : `${own} ${noLimits} ${fixed}`,
  );
  if (!url.searchParams.has('application_name')) {
    url.searchParams.set('application_name', session.applicationName);
  }
  // URLSearchParams writes a space as "+", which not every parser of such URLs accepts.
  url.search = url.search.replaceAll('+', '%20');
  return url.href;
}

/** Detects a silently dead connection (firewall, pulled cable) within a minute. */
export const connectionOptions = { keepAlive: true, keepAliveInitialDelayMillis: 10_000 } as const;
