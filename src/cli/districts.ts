/** `hotline districts load FILE`: boundaries for the map of requests. */
import type { ChineseCommand } from './frame/chinese-command.js';
import { readWhole } from './frame/read-bytes.js';
import { withSystem } from './frame/with-system.js';

export function register(program: ChineseCommand): void {
  program
    .word('districts', '区县的边界')
    .word('load', '载入区县边界，代替原有的；没有载入的按示意图画')
    .argument('<文件>', 'GeoJSON 文件，UTF-8（写法见 docs/warning.md）')
    .actor('载入')
    .answers(async (file: string, { actor }: { readonly actor: string }) => {
      const text = (await readWhole(file)).toString('utf8');
      const { loadBoundaries } = await import('../measures/warning/index.js');
      const names = await withSystem('districts load', (system) => loadBoundaries(system, text, actor));
      return `已载入 ${names.length} 个区县的边界：${names.join('、')}`;
    });
}
