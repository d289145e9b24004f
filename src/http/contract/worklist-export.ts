/** The worklist as a file: everything that the filters find. */
import { z } from 'zod';
import { under, workers } from './operation.js';
import { worklistChoice } from './task.js';

/** A larger export is refused, because a truncated list would be taken for the whole. */
export const mostExported = 5000;

export const worklistExportOperations = under('待办', {
  exportWorklist: {
    request: 'POST /api/worklist/exports',
    summary: `导出待办：筛选所得的全部，至多 ${mostExported} 项，顺序同列表，没有来电人的资料；谁导出、怎样筛选、多少项记入轨迹（链 exports）`,
    access: workers,
    body: z
      .strictObject({ format: z.enum(['csv', 'xlsx']), ...worklistChoice })
      .meta({ id: 'WorklistExport', description: '筛选和排序，同待办列表' }),
    answers: {
      200: {
        description: '文件：CSV（UTF-8）或者 XLSX',
        type: '*/*',
        schema: z.string().meta({ format: 'binary' }),
        headers: { 'Content-Disposition': '文件名' },
      },
    },
    refusals: ['export.too-large'],
  },
});
