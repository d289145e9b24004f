/** The parts of echarts in use. Tooltips are drawn on canvas: HTML would violate the content security policy. */
import { LineChart } from 'echarts/charts';
import { AriaComponent, GridComponent, TooltipComponent } from 'echarts/components';
import { init, use, type ECharts } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';
import { colourOf } from '../session/theme.js';
import type { Drawn } from './chart.js';

use([AriaComponent, CanvasRenderer, GridComponent, LineChart, TooltipComponent]);

type Options = Parameters<ECharts['setOption']>[0];

/** Told apart by shape, too. */
export const looks = [
  { token: 'brand', symbol: 'circle', shape: '●' },
  { token: 'good', symbol: 'triangle', shape: '▲' },
  { token: 'yellow', symbol: 'rect', shape: '■' },
  { token: 'supervision', symbol: 'diamond', shape: '◆' },
] as const;

/** Pixels beside the plot; the labels below it, which are not drawn, keep the same. */
export const beside = { left: 44, right: 16 };

export const lineOptions = ({ categories, series }: Drawn, isPercent: boolean): Options => {
  const textStyle = {
    fontFamily: "'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', sans-serif",
    color: colourOf('ink-soft'),
  };
  return {
    textStyle,
    animation: false,
    grid: { ...beside, top: 12, bottom: 8 },
    tooltip: { renderMode: 'richText', trigger: 'axis' },
    xAxis: { type: 'category', data: categories.map(({ name }) => name), axisLabel: { show: false } },
    yAxis: { type: 'value', ...(isPercent ? { min: 0, max: 100 } : { minInterval: 1 }) },
    series: series.map(({ name, values }, at) => {
      const { token, symbol } = looks[at % looks.length] ?? looks[0];
      return { name, type: 'line', symbol, color: colourOf(token), data: [...values] };
    }),
  };
};

export const drawOn = (place: HTMLElement): ECharts => init(place, null, { renderer: 'canvas' });
