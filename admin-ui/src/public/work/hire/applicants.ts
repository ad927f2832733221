import { askOwn } from '../../api';
import { h, replace } from '../../dom';
import { section } from '../../frame';
import { t } from '../../text';
import { statusTag } from '../cards';
import { ApplicantsDocument, type ApplicantsQuery, ConfirmGroupDocument, ShiftCodeDocument } from '../gql/graphql';
import { actButton } from '../kit';
import { everything } from '../list';
import { doing } from '../next';
import { span } from '../text';
import { favouriteWorkers } from './favourites';
import { holdsPlace } from './places';
import { e } from './text';
import type { Posting } from './written';

const PAGE = 100;
const WAITING = ['APPLIED', 'CONTACTED', 'AGREED'];
const CAME = ['ARRIVED', 'COMPLETED', 'PAID'];
const DAY_MS = 86_400_000;
export type Applicant = NonNullable<ApplicantsQuery['engagementsOf']>['edges'][number]['node'];
type Shift = Posting['shifts'][number];

export const allApplicants = (slug: string, id: string): Promise<Applicant[]> =>
  everything(async (after) => {
    const { engagementsOf } = await askOwn(slug, ApplicantsDocument, { id, first: PAGE, after });
    return engagementsOf;
  });

/** Who applied, shift by shift; one or many are taken with one press. */
export async function applicants(slug: string, posting: Posting, draw: () => void) {
  const [all, favourites] = await Promise.all([
    allApplicants(slug, posting.id),
    favouriteWorkers(slug, posting.partyId),
  ]);
  const worked = all.some(({ status }) => CAME.includes(status));
  return h(
    'div',
    null,
    worked &&
      h(
        'a',
        { class: 'button wide', href: `/${slug}/hire/postings/${encodeURIComponent(posting.id)}/pay` },
        e('sheet.title'),
      ),
    posting.shifts.map((shift) =>
      shiftBlock(
        slug,
        shift,
        all.filter(({ job }) => job.shiftId === shift.id),
        favourites,
        draw,
      ),
    ),
  );
}

function shiftBlock(slug: string, shift: Shift, here: Applicant[], favourites: ReadonlySet<string>, draw: () => void) {
  const chosen = new Set<string>();
  const button = h('div');
  const offer = () => {
    const ids = [...chosen];
    replace(
      button,
      ids.length > 0 &&
        actButton(
          e('group.confirm', { n: ids.length }),
          doing(draw, (act) => act.run(slug, ConfirmGroupDocument, { shiftId: shift.id, engagementIds: ids })),
        ),
    );
  };
  const pick = (id: string, on: boolean) => {
    if (on) chosen.add(id);
    else chosen.delete(id);
    offer();
  };
  const expects = here.some(({ status }) => status === 'CONFIRMED' || status === 'ARRIVED');
  return section(
    span(shift.startsAt, shift.endsAt),
    h(
      'p',
      { class: 'hint' },
      e('hire.taken', { n: here.filter(({ status }) => holdsPlace(status)).length, of: shift.headcount }),
    ),
    expects && arrivalCode(slug, shift),
    here.length === 0 && h('p', { class: 'hint' }, e('applicants.none')),
    h(
      'ul',
      { class: 'people' },
      here.map((one) => h('li', null, person(slug, one, one.workerId !== null && favourites.has(one.workerId), pick))),
    ),
    button,
  );
}

function person(slug: string, one: Applicant, favourite: boolean, pick: (id: string, on: boolean) => void) {
  const name = one.workerName ?? e('applicants.gone');
  const href = `/${slug}/hire/jobs/${encodeURIComponent(one.id)}`;
  const boxId = `pick-${one.id}`;
  return [
    isWaiting(one.status)
      ? h(
          'label',
          { class: 'check', for: boxId },
          h('input', {
            type: 'checkbox',
            id: boxId,
            onchange: (event: Event) => pick(one.id, (event.target as HTMLInputElement).checked),
          }),
          h('b', null, name),
        )
      : h('b', null, name),
    statusTag(one.status),
    favourite && h('span', { class: 'tag open' }, e('favourite.tag')),
    one.agreedFirst === 'WORKER' &&
      one.status === 'CONTACTED' &&
      h('span', { class: 'tag open' }, e('applicants.agrees')),
    h(
      'a',
      { class: 'button quiet', href, 'aria-label': `${e('applicants.see')}${t('app.colon')}${name}` },
      e('applicants.see'),
    ),
  ];
}

/** Another each minute: shown large, to be read across a gate; only around the day of the shift. */
function arrivalCode(slug: string, shift: Shift) {
  const begins = new Date(shift.startsAt).getTime();
  if (Math.abs(begins - Date.now()) > DAY_MS) return null;
  const box = h('div', { class: 'code-box' });
  const show = async () => {
    const { arrivalCode: now } = await askOwn(slug, ShiftCodeDocument, { shiftId: shift.id });
    if (!now) return;
    replace(
      box,
      h('p', null, e('code.title')),
      h('p', { class: 'code', 'aria-live': 'off' }, now.code),
      h('p', { class: 'hint' }, e('code.hint')),
    );
    const wait = Math.max(1_000, new Date(now.validUntil).getTime() - Date.now());
    // A page that was left is not asked for any more.
    setTimeout(() => box.isConnected && void show().catch(() => replace(box, opener())), wait);
  };
  const opener = () =>
    actButton(e('code.show'), async () => {
      await show();
      return null;
    });
  replace(box, opener());
  return box;
}

export const isWaiting = (status: string) => WAITING.includes(status);

export const cameHere = (status: string) => CAME.includes(status);

export const shiftName = (one: Applicant) =>
  `${one.workerName ?? e('applicants.gone')} · ${span(one.job.startsAt, one.job.endsAt)}`;
