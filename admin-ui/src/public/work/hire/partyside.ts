import { h } from '../../dom';
import {
  ConfirmDocument,
  ContactedDocument,
  DeclineDocument,
  NoShowDocument,
  RecordArrivalDocument,
} from '../gql/graphql';
import type { Job, Rules } from '../job';
import { actButton, sureButton } from '../kit';
import { agreeButton, completeButton, doing, type Step } from '../next';
import { favouriteBox } from './favourites';
import { e } from './text';

export { favouriteBox };

/** What the hiring party can do next with somebody who applied. */
export function partyStep(slug: string, job: Job, rules: Rules, draw: () => void): Step {
  const { id, version } = job;
  const confirm = () =>
    actButton(
      e('confirm.button'),
      doing(draw, (act) => act.run(slug, ConfirmDocument, { id, version, certificateSeen: null })),
    );
  const decline = () =>
    sureButton(
      e('decline.button'),
      h('p', null, e('decline.means')),
      e('decline.yes'),
      doing(draw, (act) => act.run(slug, DeclineDocument, { id, version })),
    );
  switch (job.status) {
    case 'APPLIED':
      return [
        actButton(
          e('contacted.button'),
          doing(draw, (act) => act.run(slug, ContactedDocument, { id, version })),
          true,
        ),
        agreeButton(slug, job, draw),
        confirm(),
        decline(),
      ];
    case 'CONTACTED':
      return [agreeButton(slug, job, draw), confirm(), decline()];
    case 'AGREED':
    case 'STANDBY':
      return [job.status === 'AGREED' && confirm(), decline()];
    case 'CONFIRMED':
      return confirmed(slug, job, rules, draw);
    case 'ARRIVED':
      return [completeButton(slug, job, draw)];
    case 'COMPLETED':
      return [
        h(
          'a',
          { class: 'button wide', href: `/${slug}/hire/postings/${encodeURIComponent(job.job.postingId)}/pay` },
          e('sheet.title'),
        ),
      ];
    default:
      return [];
  }
}

/** A no-show is recorded by somebody, and not before the time the city set. */
function confirmed(slug: string, { id, version, job }: Job, rules: Rules, draw: () => void): Step {
  const from = new Date(job.startsAt).getTime() + rules.noShowMinutes * 60_000;
  return [
    h('p', { class: 'hint' }, e('arrive.byCode')),
    actButton(
      e('arrive.button'),
      doing(draw, (act) => act.run(slug, RecordArrivalDocument, { id, version })),
      true,
    ),
    Date.now() < from
      ? h('p', { class: 'hint' }, e('noShow.later', { n: rules.noShowMinutes }))
      : sureButton(
          e('noShow.button'),
          h('p', null, e('noShow.means')),
          e('noShow.yes'),
          doing(draw, (act) => act.run(slug, NoShowDocument, { id, version })),
        ),
  ];
}
