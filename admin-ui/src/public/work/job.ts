import { askOwn, PublicFault } from '../api';
import { h, ICONS, replace } from '../dom';
import { section } from '../frame';
import { t } from '../text';
import { Act } from './act';
import { line, statusTag } from './cards';
import {
  ContactDocument,
  ExportSlipDocument,
  JobDocument,
  type JobQuery,
  PartyOfDocument,
  type PartyOfQuery,
} from './gql/graphql';
import { actButton, facts } from './kit';
import { nextStep } from './next';
import { remedies, rights, safety } from './rights';
import { ownPage } from './signin';
import { talk } from './talk';
import { agreement, ending, truth } from './terms';
import { date, hours, moment, money, span, until, type WorkKey, w, wage } from './text';

export type Job = NonNullable<JobQuery['engagement']>;
export type Rules = NonNullable<JobQuery['hireRules']>;
type Party = NonNullable<PartyOfQuery['publicParty']>;

/** One hire (用工对接), from either side: what comes next on top, then what was agreed, then the rest. */
export async function showJob(slug: string, id: string) {
  const draw = () => showJob(slug, id);
  const page = await ownPage(slug, w('job.title'), draw, w('me.signIn'));
  if (!page) return;
  const { city, engagement: job, hireRules } = await askOwn(slug, JobDocument, { id });
  if (!job || !hireRules) throw new PublicFault('notFound', '');
  const party = (await askOwn(slug, PartyOfDocument, { id: job.partyId }).catch(() => null))?.publicParty ?? null;
  const worker = job.viewer === 'WORKER';
  const other = worker ? null : await import('./hire/partyside');
  const back = worker ? `/${slug}/me` : `/${slug}/hire/postings/${encodeURIComponent(job.job.postingId)}`;
  document.title = `${job.job.title} · ${t('app.name')}`;
  replace(
    page.main,
    h('p', { class: 'crumb no-print' }, h('a', { href: back }, w(worker ? 'me.back' : 'hire.backPosting'))),
    h('h1', null, job.job.title),
    h('p', { class: 'tags' }, statusTag(job.status), job.late && h('span', { class: 'tag closed' }, w('job.late'))),
    nextStep(slug, job, draw, other?.partyStep(slug, job, hireRules, draw)),
    agreement(slug, job, draw),
    slip(slug, job, worker ? party : null),
    steps(job),
    truth(job),
    other?.favouriteBox(slug, job),
    talk(slug, job),
    ending(slug, job, hireRules, draw),
    worker && safety(job.slip?.safetyCard),
    worker && (party && party.remedies.length > 0 ? remedies(party.remedies) : rights(true, city.hotline)),
  );
}

/** What was agreed (用工单): to be shown at the gate and kept as proof. */
function slip(slug: string, job: Job, party: Party | null) {
  const { job: work, slip: made } = job;
  const act = new Act();
  const download = async () => {
    const { done, refused } = await act.run(slug, ExportSlipDocument, { id: job.id });
    if (done) location.assign(done.url);
    return refused;
  };
  return section(
    w(made ? 'slip.title' : 'job.work'),
    h('p', { class: 'wage' }, wage(work), ' ', h('small', null, w(`payDay.${work.payDay}`))),
    line(ICONS.clock, h('b', null, span(work.startsAt, work.endsAt))),
    line(ICONS.pin, work.place),
    h('p', { class: 'pre' }, work.duties),
    facts(
      [w('slip.number'), made?.number],
      [w('posting.who'), made?.partyName ?? job.partyName],
      [w('slip.worker'), made?.workerName ?? job.workerName],
      [w('posting.trade'), work.tradeName],
      [w('slip.break'), work.breakMinutes > 0 && hours(work.breakMinutes)],
      [w('posting.cover'), w(`cover.${work.cover}`)],
      [w('slip.payDue'), job.payDueAt && until(job.payDueAt)],
    ),
    party?.verifiedBadge && h('p', null, '✓ ', w('party.verifiedOn', { on: date(party.verifiedBadge.on) })),
    party?.suspended && h('p', { class: 'notice bad' }, w('party.suspended')),
    party?.stale && !job.confirmedAt && h('p', { class: 'notice' }, w('party.stale')),
    made && h('p', { class: 'hint' }, made.rights),
    made && [contact(slug, job), actButton(w('slip.download'), download, true)],
  );
}

/** Numbers stay hidden until the place is confirmed; whoever looks is written down. */
function contact(slug: string, job: Job) {
  if (!job.confirmedAt || job.endedAt) return null;
  const shown = h('div', { 'aria-live': 'polite' });
  const act = new Act();
  const open = async () => {
    const { done, refused } = await act.run(slug, ContactDocument, { id: job.id });
    if (done)
      replace(
        shown,
        h('p', { class: 'big' }, done.name),
        done.phone
          ? h(
              'a',
              { class: 'button wide', href: `tel:${done.phone}` },
              w('contact.call', { phone: done.phoneMasked ?? '' }),
            )
          : h('p', null, w('contact.none')),
      );
    return refused;
  };
  replace(shown, actButton(w('contact.open'), open, job.status !== 'CONFIRMED'));
  return shown;
}

const STEPS = ['applied', 'contacted', 'agreed', 'confirmed', 'arrived', 'completed', 'paid'] as const;

/** What was passed over is not waited for: an instant hire has no talk. */
function steps(job: Job) {
  const last = STEPS.reduce((found, step, index) => (job[`${step}At`] === null ? found : index), -1);
  const shown = STEPS.filter((step, index) => job[`${step}At`] !== null || (index > last && !job.endedAt));
  return section(
    w('steps.title'),
    h(
      'ol',
      { class: 'steps' },
      shown.map((step) => {
        const time = job[`${step}At`];
        const key = `step.${step}` as WorkKey;
        return h(
          'li',
          { class: time ? 'done' : 'open' },
          h('b', null, w(key)),
          ' ',
          time ? moment(time) : h('span', { class: 'hint' }, w('step.notYet')),
        );
      }),
      job.endedAt &&
        h('li', { class: 'done' }, h('b', null, w(`status.${job.status}` as WorkKey)), ' ', moment(job.endedAt)),
    ),
    job.consequence && h('p', { class: 'notice' }, w(`consequence.${job.consequence}`, allowance(job))),
    job.allowanceFen !== null &&
      h('p', { class: 'hint' }, job.payDueAt ? w('allowance.due', { at: until(job.payDueAt) }) : w('allowance.noDays')),
    job.warnedAt && h('p', { class: 'notice bad' }, w('job.warned', { at: moment(job.warnedAt) })),
  );
}

const allowance = (job: Job) => ({ money: job.allowanceFen === null ? '' : money(job.allowanceFen) });
