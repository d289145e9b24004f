/** The parts of echarts in use. Tooltips are drawn on canvas: HTML would violate the content security policy. */
import { BarChart, LineChart } from 'echarts/charts';
import { AriaComponent, GridComponent, LegendComponent, TooltipComponent } from 'echarts/components';
import { init, use, type ECharts } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';

use([AriaComponent, BarChart, CanvasRenderer, GridComponent, LegendComponent, LineChart, TooltipComponent]);

export type Options = Parameters<ECharts['setOption']>[0];

export const textStyle = {
  fontFamily: "'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', sans-serif",
  color: '#55636f',
};

export const drawOn = (place: HTMLElement): ECharts => init(place, null, { renderer: 'canvas' });
