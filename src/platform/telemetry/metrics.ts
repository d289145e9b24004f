/** Prometheus metrics. Labels come from our own tables, never from user input. */
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

/** Queried anew for every scrape. */
export interface Backlog {
  /** Deadlines that are due and not fired, including stuck ones. */
  readonly due: number;
  /** Seconds since the earliest was due. */
  readonly dueOldest: number;
  /** Number of stuck firings. */
  readonly incidents: number;
  /** Seconds since the oldest incident was found. */
  readonly incidentOldest: number;
  readonly jobs: { readonly waiting: number; readonly working: number; readonly failed: number };
  /** Seconds since the longest waiting job was due. */
  readonly jobOldest: number;
  readonly sessions: number;
  /** Seconds since the oldest trail entry without a place was written. */
  readonly unplacedOldest: number;
  /** Entries with a place that no checkpoint covers. */
  readonly unsigned: number;
  /** Seconds since the last checkpoint was signed. */
  readonly checkpointAge: number;
  /** 1 if no outside place holds a checkpoint, or one of them fails. */
  readonly unanchored: number;
  /** Seconds since the mayor's mailbox was read to its end; 0 without one. */
  readonly mailboxAge: number;
  readonly pool: { readonly total: number; readonly idle: number; readonly waiting: number };
  /** Database clock minus program clock, in seconds. */
  readonly clockSkew: number;
}

export interface Metrics {
  /** One answered request; `operation` as named in the contract. Seconds. */
  request(operation: string, status: number, seconds: number): void;
  /** One transaction of the engine: `act` by a person, `fire` by the scheduler. Seconds. */
  step(kind: 'act' | 'fire', outcome: 'ok' | 'failed', seconds: number): void;
  /** Cases advanced by one claim. */
  fired(cases: number): void;
  /** Event loop, memory, CPU and garbage collector of this process; call once. */
  watchProcess(): void;
  /** The Prometheus text format. */
  text(backlog: Backlog): Promise<string>;
  readonly contentType: string;
}

const seconds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

export function createMetrics(): Metrics {
  const registry = new Registry();
  const registers = [registry];
  const histogram = <Label extends string>(name: string, help: string, labelNames: readonly Label[]) =>
    new Histogram({ name, help, labelNames, buckets: seconds, registers });
  const gauge = <Label extends string = never>(
    name: string,
    help: string,
    labelNames: readonly Label[] = [],
  ) => new Gauge({ name, help, labelNames, registers });

  const requests = histogram('hotline_http_request_seconds', '各接口的答复用时', ['operation', 'status']);
  const steps = histogram('hotline_step_seconds', '引擎一个事务的用时', ['kind', 'outcome']);
  const fired = new Counter({ name: 'hotline_fired_cases_total', help: '到期触发推进的工单', registers });
  const due = gauge('hotline_deadlines_due', '已届满而尚未触发的期限');
  const dueOldest = gauge('hotline_deadlines_due_oldest_seconds', '其中最早的一条已届满多久');
  const incidents = gauge('hotline_incidents', '走不下去、等人处置的触发（异常处置）');
  const incidentOldest = gauge('hotline_incidents_oldest_seconds', '其中最早发现的一件距今多久');
  const jobs = gauge('hotline_jobs', '任务队列', ['state']);
  const jobOldest = gauge('hotline_jobs_oldest_seconds', '等待最久的任务已到时多久');
  const sessions = gauge('hotline_sessions', '数据库里的登录会话');
  const unplacedOldest = gauge('hotline_trail_unplaced_oldest_seconds', '最早一条没有排号的轨迹条目已等多久');
  const unsigned = gauge('hotline_trail_unsigned', '已排号而没有签名的轨迹条目');
  const checkpointAge = gauge('hotline_trail_checkpoint_age_seconds', '上次签名距今多久；没有新条目时不签');
  const unanchored = gauge('hotline_trail_unanchored', '检查点没有留存在外面、有几处没有留存成的为 1');
  const mailboxAge = gauge('hotline_mailbox_age_seconds', '上次读完市长信箱距今多久；没有设邮箱为 0');
  const pool = gauge('hotline_pool_connections', '本进程的数据库连接', ['state']);
  const skew = gauge('hotline_clock_skew_seconds', '数据库时钟减程序时钟');

  return {
    request: (operation, status, taken) => requests.observe({ operation, status }, taken),
    step: (kind, outcome, taken) => steps.observe({ kind, outcome }, taken),
    fired: (cases) => fired.inc(cases),
    watchProcess: () => collectDefaultMetrics({ register: registry }),
    text: (backlog) => {
      due.set(backlog.due);
      dueOldest.set(backlog.dueOldest);
      incidents.set(backlog.incidents);
      incidentOldest.set(backlog.incidentOldest);
      mailboxAge.set(backlog.mailboxAge);
      for (const [state, count] of Object.entries(backlog.jobs)) jobs.set({ state }, count);
      jobOldest.set(backlog.jobOldest);
      sessions.set(backlog.sessions);
      unplacedOldest.set(backlog.unplacedOldest);
      unsigned.set(backlog.unsigned);
      checkpointAge.set(backlog.checkpointAge);
      unanchored.set(backlog.unanchored);
      for (const [state, count] of Object.entries(backlog.pool)) pool.set({ state }, count);
      skew.set(backlog.clockSkew);
      return registry.metrics();
    },
    contentType: registry.contentType,
  };
}
