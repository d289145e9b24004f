/**
 * At intake a package asks what its own diagram asks: no field of the shipped diagram is required,
 * a new one is accepted.
 */
import { expect } from 'chai';
import { shippedLaw } from '../../src/law/regulation/index.js';
import { useLaw } from '../../src/web/law/page-law.js';
import { emptyDraft, requestOf } from '../../src/web/screens/intake/draft.js';
import type { IntakeForm } from '../../src/web/screens/intake/fields.js';
import { copyOfPackage, type CityPackage } from '../support/city-package.js';
import {
  answered,
  post,
  problemIn,
  registered,
  send,
  useServer,
  waterCut,
  type WorkOrderView,
} from './serving.js';

const without = (key: string) => new RegExp(`<duty:field key="${key}"[^>]*?(?:/>|>[\\s\\S]*?</duty:field>)`);

describe('http 受理的表单是条例包自己的', () => {
  let city: CityPackage;
  before(() => {
    city = copyOfPackage();
    city.change('processes/acceptance.bpmn', (xml) =>
      xml
        .replace('<duty:fact name="conduct"/>', '')
        .replace(
          without('conduct'),
          '<duty:field key="weather" label="天气" type="choice" required="true"><duty:option value="dry" label="晴"/><duty:option value="wet" label="雨"/></duty:field>',
        ),
    );
    useLaw(shippedLaw('2026-03-02'));
  });
  const served = useServer();
  after(() => city.leave());
  const readForm = async () =>
    answered('readIntakeForm', await send(served().url, '/api/intake/form')) as IntakeForm;

  it('没有来电秩序一栏、多了一栏：表单照流程图答复；受理页照它填，一步转出', async () => {
    const form = await readForm();
    expect(form.register.map(({ key }) => key))
      .to.include('weather')
      .and.not.include('conduct');
    const draft = { ...emptyDraft(), content: '小区停水，没有通知' };
    draft.answers = { weather: 'wet', unit: '市水务局' };
    await registered(served().url, { unit: '市水务局' });
    const body = requestOf(draft, form);
    expect(body.answers).to.deep.equal({
      ...{ weather: 'wet', wayOut: 'dispatch', unit: '市水务局', dispatchBasis: 'duty' },
    });
    const { tasks } = answered(
      'acceptRequest',
      await post(served().url, '/api/work-orders', body),
    ) as WorkOrderView;
    expect(tasks.map(({ process }) => process)).to.deep.equal(['handling']);
  });

  it('接口：旧的一栏没有环节用得到，指明是哪一栏；只写处理方式，登记由新的一栏和工单答全', async () => {
    const { url } = served();
    const refused = await post(url, '/api/work-orders', {
      ...waterCut,
      answers: { weather: 'dry', conduct: 'orderly' },
    });
    expect(problemIn(refused).detail).to.contain('conduct');
    const answers = { weather: 'dry', wayOut: 'on-the-spot', answerSummary: '正在抢修' };
    expect((await post(url, '/api/work-orders', { ...waterCut, answers })).status).to.equal(201);
  });
});
