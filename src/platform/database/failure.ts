/** Errors of PostgreSQL and the network as refusals, in one table. */
import { Refusal, type RefusalCode } from '../../kernel/refusal.js';
import type { Target } from './target.js';

interface Meaning {
  readonly code: RefusalCode;
  readonly what: string;
  readonly remedy: string | ((target: Target) => string);
  /** Permanent until somebody changes a setting. */
  readonly lasting?: true;
}

const address =
  '核对 DATABASE_URL 的主机和端口，确认 PostgreSQL 已经启动；不设 DATABASE_URL 则使用自带的数据库。';
const network = { code: 'database.unreachable', remedy: address } as const;
const rights = ({ names }: Target): string =>
  `请数据库管理员授权：该用户要能在这个数据库里建模式(GRANT CREATE ON DATABASE …)、要能建角色(CREATEROLE)或已是角色 ${names.app}、${names.viewer} 的成员。`;

const tls: Meaning = {
  ...network,
  what: '加密连接没有建立起来',
  remedy: '核对 DATABASE_URL 的 sslmode 和证书（服务器不支持加密时写 sslmode=disable）。',
  lasting: true,
};

/** Codes of Node: of TLS itself, and OpenSSL's of a certificate that is not believed. */
const isOfTls = (code: string): boolean =>
  /^(ERR_TLS_|ERR_SSL_|UNABLE_TO_|CERT_|HOSTNAME_MISMATCH$)|SELF_SIGNED_CERT/.test(code);

const meanings: Readonly<Record<string, Meaning>> = {
  ECONNREFUSED: { ...network, what: '那里没有程序在监听' },
  ECONNRESET: { ...network, what: '连接被对方断开' },
  EPIPE: { ...network, what: '连接被对方断开' },
  ENOTFOUND: { ...network, what: '找不到这个主机' },
  EAI_AGAIN: { ...network, what: '暂时解析不了主机名' },
  ENOENT: { ...network, what: '没有这个套接字文件' },
  ETIMEDOUT: { ...network, what: '没有回应' },
  EHOSTUNREACH: { ...network, what: '网络到不了这个主机' },
  ENETUNREACH: { ...network, what: '网络到不了这个主机' },
  NO_WRITABLE_HOST: {
    ...network,
    what: '几台主机里没有一台连得上而且可写',
    remedy: '等主备切换完成，或者把一台备库提升为主库；程序自己再试。',
  },
  '28P01': { ...network, what: '用户或口令不对', remedy: '核对 DATABASE_URL 的用户和口令。', lasting: true },
  '28000': {
    ...network,
    what: '服务器不准这个用户这样登录',
    remedy: '核对 DATABASE_URL 的用户，并请管理员检查 pg_hba.conf（是否要求 sslmode=require）。',
    lasting: true,
  },
  '3D000': {
    ...network,
    what: '服务器上没有这个数据库',
    remedy: '先建库（CREATE DATABASE … ENCODING UTF8），或者改正 DATABASE_URL 里的数据库名。',
    lasting: true,
  },
  '53300': { ...network, what: '服务器的连接数已满', remedy: '稍后再试，或者调大 max_connections。' },
  '25P03': { ...network, what: '事务停顿超过租期，服务器断开了连接', remedy: '稍后再试。' },
  '25P04': { ...network, what: '事务超过时限，服务器断开了连接', remedy: '稍后再试。' },
  '55P03': { ...network, what: '等不到别的事务让出的行', remedy: '稍后再试。' },
  '57014': { ...network, what: '语句超过时限，服务器中止了它', remedy: '稍后再试。' },
  '57P01': { ...network, what: '服务器正在停止', remedy: '等 PostgreSQL 启动后再试。' },
  '57P02': { ...network, what: '服务器刚刚崩溃', remedy: '等 PostgreSQL 恢复后再试。' },
  '57P03': { ...network, what: '服务器正在启动或停止', remedy: '稍后再试。' },
  '42501': { code: 'database.unusable', what: '这个用户的权限不够', remedy: rights },
  '25006': {
    code: 'database.read-only',
    what: '这个数据库是只读的',
    remedy:
      '恢复可写以后自行恢复。是备库的，改用主库的地址，或者在 DATABASE_URL 里写上各台主机和 target_session_attrs=read-write；不是备库的，看 default_transaction_read_only。',
  },
  '53100': {
    code: 'database.full',
    what: '数据库所在的磁盘已满，没有写下任何数据',
    remedy: '腾出或者扩大数据库的磁盘（数据目录、归档目录）；有了空间自行恢复。',
  },
};

/** The refusal for a connection error; undefined for any other error. */
export function connectionRefusal(error: unknown, target: Target): Refusal | undefined {
  const meaning = meaningOf(error);
  if (!meaning) return undefined;
  return new Refusal(meaning.code, `${meaning.what}。`, {
    place: target.description,
    remedy: typeof meaning.remedy === 'string' ? meaning.remedy : meaning.remedy(target),
    cause: error,
  });
}

function meaningOf(error: unknown): Meaning | undefined {
  const code = codeOf(error);
  if (code.startsWith('08')) return { ...network, what: '连接中断' };
  // ENOENT also means that a file of the program is missing. Only a failed `connect` concerns the
  // database.
  if (code === 'ENOENT' && (error as NodeJS.ErrnoException).syscall !== 'connect') return undefined;
  return meanings[code] ?? (isOfTls(code) ? tls : byMessage(error));
}

/** The same for a query outside transactions; undefined if the database's state is not the cause. */
export function databaseRefusal(error: unknown): Refusal | undefined {
  const { driverError = error } = (error ?? {}) as { readonly driverError?: unknown };
  const meaning = meaningOf(driverError);
  if (!meaning || meaning.code === 'database.unusable' || typeof meaning.remedy !== 'string')
    return undefined;
  const { code, what, remedy } = meaning;
  return new Refusal(code, `${what}。`, { remedy, cause: error });
}

/** The database is unreachable and may come back on its own. */
export function isUnreachable(error: unknown): error is Refusal {
  return (
    error instanceof Refusal &&
    error.code === 'database.unreachable' &&
    meaningOf(error.cause)?.lasting !== true
  );
}

/** pg's own errors carry no code, only a sentence. */
function byMessage(error: unknown): Meaning | undefined {
  const message = error instanceof Error ? error.message : '';
  // The pool's message when waiting too long for a connection; failing to open one has another message.
  if (message === 'timeout exceeded when trying to connect') {
    return { code: 'overloaded', what: '来的请求多于数据库连接', remedy: '稍后再试。' };
  }
  if (['timeout expired', 'Query read timeout'].includes(message)) return { ...network, what: '没有回应' };
  if (message.endsWith('due to connection timeout')) return { ...network, what: '没有回应' };
  if (/^Connection terminated|is not queryable$/.test(message)) return { ...network, what: '连接中断' };
  if (/client password must be a/.test(message)) {
    return {
      ...network,
      what: '服务器要口令，而地址里没有',
      remedy: '在 DATABASE_URL 里写上口令。',
      lasting: true,
    };
  }
  return message.endsWith(' SSL connections') || message.endsWith(' SSL connection') ? tls : undefined;
}

/** Whether nothing can be written: disk full, or read-only. */
export const isUnwritable = (error: unknown): boolean => isReadOnly(error) || codeOf(error) === '53100';

export const isReadOnly = (error: unknown): error is Error => codeOf(error) === '25006';

/** Nothing was done and a retry is safe: a conflict between transactions. */
export function isConflict(error: unknown): boolean {
  return ['40001', '40P01'].includes(codeOf(error));
}

/** Follows an earlier failed statement, whose error tells the cause. */
export const isAborted = (error: unknown): boolean => codeOf(error) === '25P02';

/** The connection is gone. Unless COMMIT was running, the server has rolled back. */
export function isDisconnection(error: unknown): boolean {
  const message = error instanceof Error ? error.message : '';
  return (
    /^(57P0[123]|25P0[34]|08...|ECONNRESET|EPIPE)$/.test(codeOf(error)) ||
    /Connection terminated|not queryable/.test(message)
  );
}

/** The connection was lost before COMMIT was sent: expired lease, or failed sending. */
export function isRolledBack(error: unknown): boolean {
  return codeOf(error) === '25P03' || (error instanceof Error && error.message.includes('not queryable'));
}

export function codeOf(error: unknown): string {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : '';
}
