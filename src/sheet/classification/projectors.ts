/** Projects the class tree, the table of other channels, and the classes of sheets. */
import { adds, content, from, projector, same, sha256Of } from '../../accountability/index.js';
import { bySheet } from '../index.js';
import type { OtherChannelSet } from './store/other-channel-store.js';

export const treeProjector = projector({
  table: 'classification',
  stands: { stream: 'classification' },
  key: ['version'],
  columns: {
    version: same('版'),
    title: same('名称'),
    sha256: same('文件'),
    imported_at: same('何时'),
    imported_by: same('谁'),
    classes: content('内容'),
  },
  called: (version) => `第 ${version} 版`,
  project: {
    'classification.imported': ({ at, body: { version, title, sha256, content: classes, actor } }) =>
      adds({ version, title, sha256, imported_at: at, imported_by: actor, classes }),
  },
});

export const otherChannelsProjector = projector({
  table: 'other_channel_set',
  stands: { stream: 'other-channels' },
  key: ['version'],
  columns: {
    version: same('版'),
    channels: {
      ...from<Pick<OtherChannelSet, 'channels'>>('内容', ['channels'], ({ channels }) =>
        sha256Of(JSON.stringify(channels)),
      ),
      digest: true,
    },
    reason: same('事由'),
    saved_at: same('何时'),
    saved_by: same('谁'),
  },
  called: (version) => `第 ${version} 版`,
  project: {
    'other-channels.saved': ({ at, body: { version, sha256, reason, actor } }) =>
      adds({ version, channels: sha256, reason, saved_at: at, saved_by: actor }),
  },
});

/** Classifications of a sheet are numbered by their order. */
export const sheetClassProjector = projector({
  table: 'sheet_class',
  stands: bySheet,
  key: [],
  list: 'id',
  columns: {
    version: same('分类的版'),
    code: same('编码'),
    set_at: same('何时'),
    set_by: same('谁'),
  },
  called: (place) => `第 ${place} 次`,
  project: {
    'sheet.classified': ({ at, body: { classification, class: code, actor = null } }) =>
      adds({ version: classification, code, set_at: at, set_by: actor }),
  },
});
