/** The form shows a channel's own answers before they are recorded, and they can be declined. */
import { expect } from 'chai';
import { shippedLaw } from '../../src/law/regulation/index.js';
import { intakeFormOf } from './intake-form-of.js';
import { useLaw } from '../../src/web/law/page-law.js';
import { emptyDraft, requestOf, tell, wordsOfChannel } from '../../src/web/screens/intake/draft.js';

const court = {
  key: 'litigation',
  name: '诉讼',
  emergency: false,
  procedure: 'litigation',
  reach: '向人民法院起诉',
  basis: '《民事诉讼法》',
  words: [],
  except: [],
  dial: null,
  names: {},
  answers: { wayOut: 'not-accepted', refusalGround: 'art19.p1.i1', refusalReason: '依法应当通过诉讼解决' },
};

describe('受理页：别的渠道替表单填的话', () => {
  before(() => useLaw(shippedLaw('2026-03-02')));

  it('看得到才记下；不用的，只记处理方式，其余在工单上填', async () => {
    const form = await intakeFormOf();
    const draft = emptyDraft();
    expect(wordsOfChannel(draft)).to.deep.equal([]);
    tell(draft, court);
    expect(wordsOfChannel(draft)).to.deep.equal(['依法应当通过诉讼解决']);
    expect(requestOf(draft, form).answers).to.deep.equal({ conduct: 'orderly', ...court.answers });
    draft.channelAnswers = {};
    expect(wordsOfChannel(draft)).to.deep.equal([]);
    expect(requestOf(draft, form).answers).to.deep.equal({ conduct: 'orderly', wayOut: 'not-accepted' });
  });
});
