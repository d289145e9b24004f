import { stat } from 'node:fs/promises';
import { exportsOf, readExport, type KeptExport } from '../../accountability/index.js';
import { byConsole, orderInBackground, readOrder, selectionTitle } from '../../cases/index.js';
import { Refusal } from '../../kernel/index.js';
import type { trailExportOperations } from '../contract/trail-exports.js';
import type { HttpDeps } from '../deps.js';
import type { Handlers } from '../dispatch.js';
import { selectionFor } from '../trail-selection.js';

const listed = 50;

export function trailExportHandlers(deps: HttpDeps): Pick<Handlers, keyof typeof trailExportOperations> {
  const { clock, exportFiles, trail } = deps;
  return {
    orderTrailExport: async ({ viewer, body: { format, purpose, ...asked } }) => {
      const selection = selectionFor(viewer, asked);
      if (Object.keys(asked).length === 0)
        throw new Refusal('input.invalid', '没有写明导出什么', {
          remedy: '写明工单、单位、人员、时期等的一项或几项',
        });
      if (viewer.sight.kind !== 'all')
        throw new Refusal('access.denied', '您所在的单位只看自己的工单，不能导出轨迹', {
          remedy: '由看得到全部工单的审计、监察人员导出',
        });
      const order = { selection, format, requester: viewer.actor, exporter: byConsole(), purpose };
      return viewOf(await orderInBackground(deps, order, viewer.person.id));
    },
    listTrailExports: async ({ viewer }, transaction) => ({
      items: (await exportsOf(transaction, viewer.person.id, listed)).map(viewOf),
    }),
    fetchTrailExport: async ({ viewer, params: { id, number } }, transaction) => {
      const kept = await readExport(transaction, id, viewer.person.id);
      const file = kept?.files[number - 1];
      if (!file || kept.state !== 'ready' || (kept.expiresAt ?? clock.now()) <= clock.now())
        throw new Refusal('export.not-found', `没有可以下载的第 ${id} 份导出的第 ${number} 个文件`, {
          remedy: '只有要求导出的人可以下载，做好以后七天之内；过期的重新导出',
        });
      const path = exportFiles.pathOf(id, file.name);
      if (!(await stat(path).catch(() => undefined)))
        throw new Refusal('export.not-found', `第 ${id} 份导出的文件不在这台机器上`, {
          remedy: '几台机器用同一个数据库的，由管理员以 HOTLINE_EXPORTS 指定共用的目录；或重新导出',
        });
      await trail.append(transaction, [
        {
          stream: 'exports',
          type: 'export.fetched',
          at: clock.now(),
          body: { actor: viewer.actor, export: id, file: file.name },
        },
      ]);
      return { ...file, file: path };
    },
  };
}

function viewOf({ ordered, total, done, state, files, ...rest }: KeptExport) {
  const { selection, format, purpose, entries } = readOrder(ordered);
  return {
    ...rest,
    ...{ format, purpose, entries, state },
    title: selectionTitle(selection),
    percent: Math.floor((done / total) * 100),
    files: state === 'ready' ? files.map((file, at) => ({ number: at + 1, ...file })) : [],
  };
}
