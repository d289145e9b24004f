/** Receipts: requested before they exist, issued, checked by anybody; also after a correction of the words. */
import { expect } from 'chai';
import { waterCut } from '../http/serving.js';
import { accepted, minutes, onTheSpot, walked, type Matter } from './caller-cases.js';
import { filed } from './caller-filing.js';
import type { Day } from './day.js';

interface Given {
  readonly state: string;
  readonly receipt: string | null;
}

const ask = async (day: Day, { no, secret }: Matter): Promise<Given> =>
  (await day.call('giveReceipt', { body: { no, secret } })) as Given;

const check = (day: Day, receipt: string, more: object = {}): Promise<unknown> =>
  day.call('checkReceipt', { body: { receipt, ...more } });

async function given(day: Day, one: Matter): Promise<string> {
  expect(await ask(day, one)).to.include({ state: 'later' });
  await day.work();
  const { state, receipt } = await ask(day, one);
  expect(state).to.equal('ready');
  return receipt ?? '';
}

export async function callerReceipts(day: Day): Promise<void> {
  day.later(minutes(16));
  const one = await accepted(day);
  const receipt = await given(day, one);
  expect(await ask(day, one)).to.include({ receipt });
  await check(day, receipt);
  expect(await check(day, receipt, { no: one.no, words: waterCut.content })).to.include({ fits: true });
  expect(await check(day, receipt, { no: one.no, words: '别的话' })).to.include({ fits: false });
  expect(await check(day, receipt.slice(0, -8))).not.to.include({ verdict: 'genuine' });
  await day.restart();
  expect(await check(day, receipt)).to.include({ verdict: 'genuine', contradiction: null });

  const onPage = await filed(day);
  await given(day, onPage);
  await walked(day, onPage.no, ...onTheSpot('井盖今晚装好。'));
  await ask(day, onPage);

  const byPhone = await accepted(day);
  await Promise.all([ask(day, byPhone), ask(day, byPhone)]);
  await day.work();
  await day.call('giveReceiptAtDesk', { params: { no: byPhone.no } });
  await corrected(day, byPhone);

  const lost = await accepted(day);
  const { callerSecret: secret } = (await day.call('reissueCallerSecret', {
    params: { no: lost.no },
  })) as { readonly callerSecret: string };
  await given(day, { no: lost.no, secret });
}

/** The agent misheard and the words are corrected: the issued receipt stays valid for the words at receipt. */
async function corrected(day: Day, one: Matter): Promise<void> {
  await day.call('correctWorkOrder', {
    params: { no: one.no },
    body: { basedOn: 0, reason: '听写有误', content: '早上起来就没有热水，楼下也没有贴通知。' },
  });
  await ask(day, one);
  await day.work();
  const { receipt } = await ask(day, one);
  if (receipt !== null) await check(day, receipt, { no: one.no, words: waterCut.content });
}
