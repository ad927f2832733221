import { askOwn, PublicFault } from '../api';
import { h, replace } from '../dom';
import { fillPlaces, fillTrades } from '../filters';
import { Act } from './act';
import { AmendWishesDocument, MyWishesDocument, type MyWishesQuery, type WorkerInput } from './gql/graphql';
import { checkField, choiceField, type Field, form, textField } from './kit';
import { ownPage } from './signin';
import { date, w } from './text';
import { tradeChips, tradesIn } from './trades';

const HOURS = ['DAWN', 'DAY', 'EVENING', 'NIGHT'] as const;
const RADII = [2, 5, 10, 20, 50];
type Known = NonNullable<MyWishesQuery['worker']>;
type Wishes = Pick<WorkerInput, 'hours' | 'radiusKm' | 'steadyJob' | 'training' | 'retirementKind'>;

/** The two that must be said: which work, and where. */
export function mainWishes(slug: string, city: string, known?: Known) {
  const trades = textField({
    name: 'trades',
    label: w('register.trades'),
    hint: w('register.tradesHint'),
    value: known?.trades.map(({ name }) => name).join('、'),
    maxlength: 120,
    required: true,
  });
  const input = trades.box.querySelector('input') as HTMLInputElement;
  const group = { class: 'chips', role: 'group', 'aria-label': w('register.trades') };
  trades.box.append(h('div', group, tradeChips(input, { many: true })));
  void fillTrades(slug);
  const county = choiceField('county', w('register.county'), [['', w('form.choose')]]);
  void fillPlaces(slug, city, county.control, known?.county ?? '');
  return {
    fields: [trades, county] as Field[],
    value: () => ({ trades: tradesIn(trades.value()), county: county.value() }),
  };
}

/** What may be left out. */
export function moreWishes(known?: Known) {
  const hours = HOURS.map((key) => {
    const checked = known?.hours.includes(key) ?? false;
    return [key, checkField(`hours.${key}`, w(`workHours.${key}`), { checked })] as const;
  });
  const radii = known && !RADII.includes(known.radiusKm) ? [...RADII, known.radiusKm] : RADII;
  const radius = choiceField(
    'radiusKm',
    w('register.radius'),
    [['', w('form.usual')], ...radii.map((km) => [String(km), w('register.km', { n: km })] as const)],
    { value: known ? String(known.radiusKm) : '', required: false },
  );
  const steady = checkField('steadyJob', w('register.steady'), { checked: known?.steadyJob ?? false });
  const training = checkField('training', w('register.training'), { checked: known?.training ?? false });
  const retirement = choiceField(
    'retirementKind',
    w('register.retirement'),
    [
      ['', w('register.retirementNone')],
      ['FEMALE50', w('register.FEMALE50')],
      ['FEMALE55', w('register.FEMALE55')],
    ],
    { value: known?.retirementKind ?? '', required: false, hint: w('register.retirementHint') },
  );
  const value = (): Wishes => ({
    hours: hours.filter(([, field]) => field.on()).map(([key]) => key),
    radiusKm: radius.value() ? Number(radius.value()) : null,
    steadyJob: steady.on(),
    training: training.on(),
    retirementKind: (retirement.value() as Wishes['retirementKind']) || null,
  });
  const hoursBox = h(
    'fieldset',
    null,
    h('legend', null, w('register.hours')),
    hours.map(([, field]) => field.box),
  );
  const fields: Field[] = [radius, steady, training, retirement];
  return {
    box: h(
      'div',
      null,
      hoursBox,
      fields.map((field) => field.box),
    ),
    fields,
    value,
  };
}

/** What somebody who is registered looks for (修改求职意向): changed by the person at any time. */
export async function showWishes(slug: string) {
  const page = await ownPage(slug, w('wishes.title'), () => void showWishes(slug), w('me.signIn'));
  if (!page) return;
  if (!page.viewer.worker) return location.replace(`/${slug}/me/register`);
  const { worker } = await askOwn(slug, MyWishesDocument, { id: page.viewer.worker.id });
  if (!worker) throw new PublicFault('notFound', '');
  const wanted = mainWishes(slug, page.city.code, worker);
  const more = moreWishes(worker);
  const act = new Act();
  const { id, version } = worker;
  const papers = worker.certificates ?? [];
  const send = async () => {
    const { refused } = await act.run(slug, AmendWishesDocument, {
      id,
      version,
      input: { ...wanted.value(), ...more.value() },
    });
    if (!refused) location.assign(`/${slug}/me`);
    return refused;
  };
  replace(
    page.main,
    h('p', { class: 'crumb' }, h('a', { href: `/${slug}/me` }, w('me.back'))),
    h('h1', null, w('wishes.title')),
    form(
      () => [...wanted.fields, ...more.fields],
      [wanted.fields.map((field) => field.box), more.box],
      w('wishes.save'),
      send,
    ),
    papers.length > 0 && h('h2', null, w('register.cert')),
    papers.map((one) =>
      h(
        'p',
        null,
        `${one.trade.name} · ${w('register.certUntil')} ${date(one.validUntil)} · `,
        w(one.verified ? 'wishes.certSeen' : 'wishes.certUnseen'),
      ),
    ),
  );
}
