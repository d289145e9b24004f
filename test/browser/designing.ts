/** Acts in 流程设计, by the names on the screen. */
import type { Page } from 'playwright-core';
import type { SampleLogin, useBrowser, Visit } from './visit.js';

interface Drafted extends Visit {
  readonly id: number;
}

type Visiting = ReturnType<typeof useBrowser>;

/** A draft of the process, opened by its author. */
export function draftsBy(visit: Visiting) {
  return async (process: string, title: string, login: SampleLogin = 'bianji'): Promise<Drafted> => {
    const seen = await visit('/designer', login);
    return drafted(seen, process, title);
  };
}

async function drafted(seen: Visit, process: string, title: string): Promise<Drafted> {
  const { page } = seen;
  await page.getByRole('button', { name: new RegExp(`起草改动.*${process}`) }).click();
  await page.getByLabel('改什么').fill(title);
  await page.getByLabel('为什么').fill('试一试');
  await page.getByRole('button', { name: '开始起草' }).click();
  await page.getByRole('button', { name: '撤销' }).waitFor();
  await page.getByText('标识').waitFor();
  return { ...seen, id: Number(page.url().split('/').at(-1)) };
}

/** Uses the list of elements, as a person without a mouse does. */
export async function choose(page: Page, name: string): Promise<void> {
  const list = page.getByRole('button', { name: '元素清单' });
  if ((await list.getAttribute('aria-pressed')) === 'false') await list.press('Enter');
  await page.getByLabel('在元素清单中查找').fill(name);
  await page
    .getByRole('region', { name: '元素清单' })
    .getByRole('listitem')
    .getByRole('button')
    .first()
    .press('Enter');
  await page.getByRole('heading', { name, level: 2 }).waitFor();
}

export const setTo = async (page: Page, label: string, value: string): Promise<void> => {
  const field = page.getByLabel(label, { exact: true }).locator('visible=true').first();
  await field.fill(value);
  await field.press('Tab');
};

export async function save(page: Page): Promise<void> {
  await page.keyboard.press('Control+s');
  await page.getByText('已保存', { exact: true }).waitFor();
}
