/** The parts of echarts in use. Tooltips are drawn on canvas: HTML would violate the content security policy. */
import { BarChart, LineChart } from 'echarts/charts';
import { AriaComponent, GridComponent, LegendComponent, TooltipComponent } from 'echarts/components';
import { init, use, type ECharts } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';
import { colourOf } from '../session/theme.js';

use([AriaComponent, BarChart, CanvasRenderer, GridComponent, LegendComponent, LineChart, TooltipComponent]);

export type Options = Parameters<ECharts['setOption']>[0];

export const textStyle = {
  fontFamily: "'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', sans-serif",
  color: 'var(--ink-soft)',
};

/** Colours named by tokens, as the canvas takes them: what they come to in the present theme. */
export const inTheme = (options: Options): Options =>
  JSON.parse(JSON.stringify(options), (_, value: unknown) =>
    typeof value === 'string'
      ? value.replace(/^var\(--([\w-]+)\)$/, (_, token: string) => colourOf(token))
      : value,
  ) as Options;

export const drawOn = (place: HTMLElement): ECharts => init(place, null, { renderer: 'canvas' });
