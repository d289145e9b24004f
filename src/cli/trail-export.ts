/** `hotline trail export`. */
import type { Command } from 'commander';
import type { Selection } from '../accountability/index.js';
import type { ExportFormat } from '../cases/index.js';
import { Refusal } from '../kernel/refusal.js';
import { group } from './group.js';
import { guarded } from './run.js';
import { systemUser } from './system-user.js';
import { withSystem } from './with-system.js';

interface Options {
  readonly case?: string;
  readonly unit?: string;
  readonly person?: string;
  readonly from?: string;
  readonly to?: string;
  readonly format: string;
  readonly out: string;
  readonly requester: string;
  readonly purpose: string;
}

export function register(program: Command): void {
  group(program, 'trail', '审计轨迹')
    .command('export')
    .description('导出一件工单、一个单位、一个人或一段时期的轨迹;导出本身记入轨迹')
    .option('--case <编号>', '工单编号')
    .option('--unit <单位>', '承办过的工单,整件')
    .option('--person <姓名>', '某人所办的,登录名或“姓名(登录名)”')
    .option('--from <日期>', '从哪一天起,YYYY-MM-DD')
    .option('--to <日期>', '到哪一天为止(含当天)')
    .option('--format <格式>', 'bundle 审计包(整条链,带证明)、csv、xlsx、pdf、xes、ocel', 'bundle')
    .requiredOption('--out <文件>', '写到哪里')
    .requiredOption('--requester <姓名>', '谁要的')
    .requiredOption('--purpose <用途>', '作什么用')
    .action((options: Options) => guarded(() => run(options)));
}

async function run({ out, requester, purpose, ...options }: Options): Promise<void> {
  const { askWitnesses, readWitnesses } = await import('../accountability/index.js');
  const { byCommand, exportFormats, exportTrail } = await import('../cases/index.js');
  const format = exportFormats.find((one) => one === options.format);
  if (format === undefined)
    throw new Refusal('usage.invalid', `没有“${options.format}”这种格式`, {
      where: '--format',
      remedy: `可用的:${exportFormats.join('、')}`,
    });
  const selection = await selectionOf(options);
  await withSystem('trail export', async (system) => {
    const signer = await system.signer();
    const witnesses = await readWitnesses();
    const onError = (error: unknown): void => system.log.warn(String((error as Error).message));
    const witness = (): Promise<number> => askWitnesses({ ...system, witnesses, onError });
    const exporter = byCommand('trail export', systemUser());
    const order = { selection, format, requester, exporter, purpose };
    return said(format, await exportTrail({ ...system, signer, witness }, order, out));
  });
}

function said(
  format: ExportFormat,
  { entries, altered, files }: { entries: number; altered: number; files: readonly string[] },
): string {
  const written = `${entries} 条已写到 ${files.join('、')}`;
  if (format === 'bundle') return `${written}。核验:node verifier/verify.mjs ${files[0] ?? ''}`;
  return altered === 0
    ? written
    : `${written}\n其中 ${altered} 条已不是记下时的内容,事项写作“✖ 改动内容”。请保全数据库,以 npx hotline trail verify 核验`;
}

async function selectionOf({ case: no, unit, person, from, to }: Partial<Options>): Promise<Selection> {
  const { periodOf } = await import('../cases/index.js');
  const selection: Selection = {
    ...(no === undefined ? {} : { stream: no }),
    ...(unit === undefined ? {} : { unit }),
    ...(person === undefined ? {} : { person }),
    ...periodOf(from, to),
  };
  if (Object.keys(selection).length > 0) return selection;
  throw new Refusal('usage.invalid', '没有写明导出什么', {
    remedy: '写 --case、--unit、--person、--from、--to 中的一项或几项',
  });
}
