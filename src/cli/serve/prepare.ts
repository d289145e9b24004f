/** Prepares the database before `hotline serve` serves: shipped content, scheduled jobs, and a trial's sample. */
import { signCheckpoint } from '../../accountability/index.js';
import { installShipped, scheduleReadiness } from '../../design/governance/index.js';
import {
  loadSample,
  recordShippedPolicies,
  scheduleAims,
  scheduleDailyAudit,
  scheduleKnowledge,
  scheduleLaws,
  scheduleRadar,
  scheduleRetention,
  scheduleSweep,
  shippedFiles,
  shippedProcesses,
} from '../../cases/index.js';
import { scheduleMailbox } from '../../channel/index.js';
import { recordShippedRegulation } from '../../law/regulation/index.js';
import { trigramsKnowChinese } from '../../sheet/index.js';
import type { Identity, SampleLogin } from '../../identity/index.js';
import { Refusal } from '../../kernel/refusal.js';
import type { System } from '../../main.js';

/**
 * Deploys content that the database needs. Every program repeats this at every start.
 *
 * @returns lines to print once the program serves, and the log-ins of a trial
 */
export async function prepare(
  system: System,
  {
    embedded,
    reached,
    unsigned,
  }: {
    readonly embedded: boolean;
    readonly reached: string | undefined;
    /** True if the program lacks the key that signed the trail. */
    readonly unsigned: boolean;
  },
): Promise<{ readonly lines: readonly string[]; readonly logins: readonly SampleLogin[] }> {
  const { deployed, filed } = await installShipped({ ...system, ...system.governance });
  const tables = shippedFiles().length - shippedProcesses().length;
  console.log(
    `流程图 ${shippedProcesses().length} 张、决策表 ${tables} 张已就绪${deployed > 0 ? `，其中 ${deployed} 张是新版本` : ''}`,
  );
  if (filed > 0)
    console.log(
      `随程序附带的流程图、决策表有 ${filed} 张改动，已作为草案存下，试跑后提交，由合规审批人员批准或者驳回`,
    );
  // Loaded only for trials, like the sample people, because the trail keeps it for good.
  const trial = await openTrial(system.identity, { embedded, reached });
  if (trial.open && (await loadSample(system))) console.log('已载入示例工单一件');
  if (!(await system.database.transaction(trigramsKnowChinese))) {
    console.log(
      '注意：数据库的字符类型（LC_CTYPE）是 C，不识汉字：查重和知识库查找不可用，办法见 docs/operations.md',
    );
  }
  // A wrong key makes the start fail.
  if (!unsigned) await signCheckpoint({ ...system, signer: await system.signer() });
  await recordShippedPolicies(system);
  await recordShippedRegulation(system);
  await scheduleLaws(system);
  await scheduleDailyAudit(system);
  await scheduleRetention(system);
  await scheduleRadar(system);
  await scheduleSweep(system);
  await scheduleKnowledge(system);
  await scheduleReadiness(system);
  await scheduleAims(system);
  await scheduleMailbox(system);
  return trial;
}

/**
 * Creates sample sheets and log-ins while there are no other accounts. Without setup, or with
 * sample accounts active, the program serves only the local address and trusts no proxy.
 *
 * @param reached how others reach the program; undefined on the local address
 * @returns lines to print, and the log-ins
 */
async function openTrial(
  { setup, people }: Identity,
  { embedded, reached }: { readonly embedded: boolean; readonly reached: string | undefined },
): Promise<{
  readonly open: boolean;
  readonly lines: readonly string[];
  readonly logins: readonly SampleLogin[];
}> {
  const ended = embedded ? 0 : await setup.endSamples();
  const stage = await setup.stage();
  const samplesOpen = (await people.list()).some((person) => person.sample && person.closedAt === null);
  if (reached && (stage !== 'real' || samplesOpen)) {
    throw new Refusal(
      'usage.invalid',
      `${stage === 'real' ? '还有示例帐号没有停用' : '尚未设置管理员'}，不能在${reached}上服务`,
      {
        remedy: stage === 'real' ? '先在“人员”里停用示例帐号' : '先执行 npx hotline setup，示例帐号随即停用',
      },
    );
  }
  if (stage === 'real') return { open: false, lines: [], logins: [] };
  if (stage === 'others' || !embedded) {
    const why = stage === 'others' || ended > 0 ? '试用已经结束，示例帐号都已停用' : '尚无人可以登录';
    return { open: false, lines: [`${why}：先执行 npx hotline setup 设置第一名管理员`], logins: [] };
  }
  const logins = await setup.samplePeople();
  return {
    open: true,
    logins,
    lines: [
      '示例登录（口令每次启动都不同；开了别的帐号，或者执行了 npx hotline setup，示例帐号随即停用）：',
      ...logins.map(
        ({ login, password, unit, roles }) =>
          `  ${login.padEnd(14)}${password}  ${roles.join('、')}，${unit}`,
      ),
    ],
  };
}
