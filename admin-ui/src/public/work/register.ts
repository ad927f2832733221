import { h, replace } from '../dom';
import { fillPlaces, fillTrades } from '../filters';
import { Act, type Refusal } from './act';
import { RegisterDocument, type WorkerInput } from './gql/graphql';
import { checkField, choiceField, form, textField, unfold } from './kit';
import { noticeBox, noticeOf } from './notice';
import { ownPage, type Viewer } from './signin';
import { w } from './text';
import { tradeChips, tradesIn } from './trades';

const HOURS = ['DAWN', 'DAY', 'EVENING', 'NIGHT'] as const;
const RADII = ['2', '5', '10', '20', '50'] as const;

/** Registration as a worker (求职登记): six things, two of them consents that stand apart; the rest may be left out. */
export async function showRegister(slug: string) {
  const page = await ownPage(slug, w('register.title'), () => void showRegister(slug), w('register.signIn'));
  if (!page) return;
  const notice = await noticeOf(slug);
  replace(
    page.main,
    h('p', { class: 'crumb' }, h('a', { href: `/${slug}/me` }, w('me.back'))),
    h('h1', null, w('register.title')),
    h('p', { class: 'lead' }, w('register.lead')),
    registerForm(slug, page.city.code, page.viewer, notice.version, noticeBox(notice)),
  );
}

function registerForm(slug: string, city: string, viewer: Viewer, noticeVersion: string, notice: HTMLElement) {
  const name = textField({
    name: 'name',
    label: w('register.name'),
    maxlength: 40,
    autocomplete: 'name',
    required: true,
  });
  const idNumber = textField({
    name: 'idNumber',
    label: w('register.id'),
    hint: w('register.idHint'),
    maxlength: 18,
    required: true,
  });
  const trades = textField({
    name: 'trades',
    label: w('register.trades'),
    hint: w('register.tradesHint'),
    maxlength: 120,
    required: true,
  });
  const county = choiceField('county', w('register.county'), [['', w('form.choose')]]);
  void fillPlaces(slug, city, county.control, '');
  const consent = checkField('consent', w('register.consent'), 'consent');
  const sensitive = checkField('sensitive', w('register.consentId'), 'sensitive');
  const more = optional();
  const act = new Act();
  const send = async (): Promise<Refusal | null> => {
    const input: WorkerInput = {
      name: name.value(),
      idNumber: idNumber.value(),
      county: county.value(),
      phone: 'none',
      trades: tradesIn(trades.value()),
      consent: { how: 'ONLINE', noticeVersion },
      ...more.value(),
    };
    const { refused } = await act.run(slug, RegisterDocument, { input, marketId: null });
    if (!refused) goOn(slug);
    return refused ?? null;
  };
  const fields = [name, idNumber, trades, county, consent, sensitive, ...more.fields];
  const tradeInput = trades.box.querySelector('input') as HTMLInputElement;
  void fillTrades(slug);
  trades.box.append(
    h(
      'div',
      { class: 'chips', role: 'group', 'aria-label': w('register.trades') },
      tradeChips(tradeInput, { many: true }),
    ),
  );
  return form(
    () => fields,
    [
      h('p', { class: 'notice' }, w('register.phone', { phone: viewer.citizen.phoneMasked ?? '' })),
      name.box,
      idNumber.box,
      trades.box,
      county.box,
      unfold(w('register.more'), more.box),
      h(
        'fieldset',
        { class: 'consents' },
        h('legend', null, w('register.consents')),
        notice,
        consent.box,
        sensitive.box,
      ),
    ],
    w('register.send'),
    send,
  );
}

/** Back to the posting that asked for it, or to one's own page. */
function goOn(slug: string) {
  const posting = new URLSearchParams(location.search).get('back');
  location.assign(posting ? `/${slug}/work/${encodeURIComponent(posting)}` : `/${slug}/me`);
}

function optional() {
  const hours = HOURS.map((key) => [key, checkField(`hours.${key}`, w(`workHours.${key}`))] as const);
  const radius = choiceField(
    'radiusKm',
    w('register.radius'),
    [['', w('form.any')], ...RADII.map((km) => [km, w('register.km', { n: km })] as const)],
    { required: false },
  );
  const steady = checkField('steadyJob', w('register.steady'));
  const training = checkField('training', w('register.training'));
  const retirement = choiceField(
    'retirementKind',
    w('register.retirement'),
    [
      ['', w('register.retirementNone')],
      ['FEMALE50', w('register.FEMALE50')],
      ['FEMALE55', w('register.FEMALE55')],
    ],
    { required: false, hint: w('register.retirementHint') },
  );
  const certificate = [
    textField({ name: 'certificates.0.trade', label: w('register.certTrade'), maxlength: 40 }),
    textField({ name: 'certificates.0.number', label: w('register.certNumber'), maxlength: 40 }),
    textField({ name: 'certificates.0.validUntil', label: w('register.certUntil'), type: 'date' }),
  ] as const;
  const value = (): Partial<WorkerInput> => {
    const [trade, number, validUntil] = certificate.map((field) => field.value()) as [string, string, string];
    const chosen = hours.filter(([, field]) => field.on()).map(([key]) => key);
    return {
      hours: chosen.length > 0 ? chosen : null,
      radiusKm: radius.value() ? Number(radius.value()) : null,
      steadyJob: steady.on() || null,
      training: training.on() || null,
      retirementKind: (retirement.value() as WorkerInput['retirementKind']) || null,
      certificates: trade || number ? [{ trade, number, validUntil }] : null,
    };
  };
  const box = h(
    'div',
    null,
    h(
      'fieldset',
      null,
      h('legend', null, w('register.hours')),
      hours.map(([, field]) => field.box),
    ),
    radius.box,
    steady.box,
    training.box,
    retirement.box,
    h('h3', null, w('register.cert')),
    certificate.map((field) => field.box),
  );
  return { box, value, fields: [radius, steady, training, retirement, ...certificate] };
}
