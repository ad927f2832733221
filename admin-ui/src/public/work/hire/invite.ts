import { h, replace } from '../../dom';
import { section } from '../../frame';
import { Act } from '../act';
import { InviteFavouritesDocument } from '../gql/graphql';
import { checkField, form } from '../kit';
import { type Applicant, allApplicants, isWaiting } from './applicants';
import { type Favourite, favouritesOf } from './favourites';
import { opened } from './opened';
import { holdsPlace } from './places';
import { e } from './text';
import type { Posting } from './written';

type Applied = Pick<Applicant, 'workerId' | 'status'>;

/** Whoever applied, stands by or has a place knows of the posting: nobody is asked for what they did already. */
export function toAsk(favourites: readonly Favourite[], applied: readonly Applied[]): Favourite[] {
  const here = applied.filter(({ status }) => isWaiting(status) || status === 'STANDBY' || holdsPlace(status));
  const known = new Set(here.map(({ workerId }) => workerId));
  return favourites.filter(({ worker }) => !known.has(worker.id));
}

/** Asks favourites to come (邀请常用工): told by text message of what is published, once; nobody is bound by it. */
export function inviteBox(slug: string, posting: Posting) {
  const box = h('div');
  const load = async () => {
    const [all, applied] = await Promise.all([favouritesOf(slug, posting.partyId), allApplicants(slug, posting.id)]);
    const asked = toAsk(all, applied);
    const nobody = e(all.length === 0 ? 'favourite.none' : 'invite.here');
    replace(box, asked.length === 0 ? h('p', { class: 'hint' }, nobody) : inviteForm(slug, posting.id, asked, box));
  };
  const title = e('favourite.title');
  // A posting asks once, in this hour or in another.
  if (posting.invited > 0) return section(title, h('p', null, e('invite.told', { n: posting.invited })));
  return section(title, opened(e('invite.title'), box, load));
}

function inviteForm(slug: string, postingId: string, asked: readonly Favourite[], box: HTMLElement) {
  const act = new Act();
  const picks = asked.map(({ worker }, index) => {
    const looking = worker.looking && h('span', { class: 'tag open' }, e('favourite.looking'));
    return { id: worker.id, field: checkField(`workerIds.${index}`, [h('b', null, worker.nameMasked), looking]) };
  });
  const send = async () => {
    const workerIds = picks.filter(({ field }) => field.on()).map(({ id }) => id);
    const { done, refused } = await act.run(slug, InviteFavouritesDocument, { postingId, workerIds });
    if (refused) return refused;
    const told = invited(done.told, workerIds.length - done.told);
    replace(box, told);
    told.focus();
    return null;
  };
  return form(
    () => picks.map(({ field }) => field),
    [h('p', { class: 'hint' }, e('invite.means')), picks.map(({ field }) => field.box)],
    e('invite.go'),
    send,
  );
}

/** How many were told; without a number in use somebody is asked in another way. */
function invited(told: number, missed: number) {
  return h(
    'div',
    { class: 'notice', role: 'status', tabindex: '-1' },
    told > 0 && h('p', null, e('invite.told', { n: told })),
    missed > 0 && h('p', null, e('invite.missed', { n: missed })),
  );
}
