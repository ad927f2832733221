import { askOwn, PublicFault } from '../../api';
import { h, ICONS, replace } from '../../dom';
import { section } from '../../frame';
import { t } from '../../text';
import { line } from '../cards';
import { ClosePostingDocument, ConfirmPostingDocument, HiringDocument, WithdrawPostingDocument } from '../gql/graphql';
import { actButton, checkField, sureButton, textField } from '../kit';
import { doing } from '../next';
import { ownPage } from '../signin';
import { moment, w, wage } from '../text';
import { applicants } from './applicants';
import { postingTag, takenText } from './hire';
import { inviteBox } from './invite';
import { findingBox } from './lint';
import { repeatBox } from './repeat';
import { keepTemplate } from './templates';
import { e } from './text';
import type { Posting } from './written';

const LIVE = ['IN_REVIEW', 'PUBLISHED', 'FILLED'];
const WRITTEN = ['DRAFT', 'RETURNED'];

/** One posting, for whoever hires by it: how it stands, who applied, who is there, and what is to be paid. */
export async function showHiring(slug: string, id: string) {
  const draw = () => showHiring(slug, id);
  const page = await ownPage(slug, e('hiring.title'), draw, e('hire.signIn'));
  if (!page) return;
  const { posting } = await askOwn(slug, HiringDocument, { id });
  if (!posting) throw new PublicFault('notFound', '');
  document.title = `${posting.title} · ${t('app.name')}`;
  replace(
    page.main,
    h('p', { class: 'crumb no-print' }, h('a', { href: `/${slug}/hire` }, e('hire.back'))),
    h('h1', null, posting.title),
    h(
      'p',
      { class: 'tags' },
      postingTag(posting.status),
      h('span', { class: 'tag' }, takenText(posting.engagementCounts, posting.headcount)),
    ),
    standing(slug, posting),
    posting.stale && [h('p', { class: 'notice bad' }, e('hiring.stale')), holds(slug, posting, draw)],
    h('p', { class: 'wage' }, wage(posting), ' ', h('small', null, w(`payDay.${posting.payDay}`))),
    line(ICONS.pin, posting.place),
    WRITTEN.includes(posting.status) ? null : await applicants(slug, posting, draw),
    posting.status === 'PUBLISHED' && inviteBox(slug, posting),
    WRITTEN.includes(posting.status) ? null : repeatBox(slug, posting),
    manage(slug, posting, draw),
  );
}

/** What the posting waits for, and what was wrong with it: all of it at once. */
function standing(slug: string, posting: Posting) {
  return h(
    'div',
    null,
    posting.status === 'IN_REVIEW' && review(posting),
    posting.statusReason &&
      h('p', { class: posting.status === 'WITHDRAWN' ? 'notice' : 'notice bad' }, posting.statusReason),
    posting.remarks.map(({ text }) => h('p', { class: 'notice bad' }, text)),
    WRITTEN.includes(posting.status) &&
      posting.findings.map((finding) => findingBox(finding, textOf(posting, finding.field))),
    WRITTEN.includes(posting.status) &&
      h('a', { class: 'button wide', href: `/${slug}/hire/post/${encodeURIComponent(posting.id)}` }, e('hiring.goOn')),
  );
}

/** Nothing is reviewed for long while nobody looked at whose it is. */
function review({ partyVerifiedOn, reviewDueAt }: Posting) {
  if (!partyVerifiedOn) return h('p', { class: 'notice bad' }, e('hiring.verifyFirst'));
  return h('p', { class: 'notice' }, reviewDueAt ? e('hiring.review', { at: moment(reviewDueAt) }) : e('hiring.waits'));
}

/** The text that a finding is about; a figure has none. */
function textOf(posting: Posting, field: string): string {
  const text = (posting as Record<string, unknown>)[field];
  return typeof text === 'string' ? text : '';
}

function manage(slug: string, posting: Posting, draw: () => void) {
  const { id, version } = posting;
  const href = `/${slug}/hire/post/${encodeURIComponent(id)}`;
  const live = LIVE.includes(posting.status);
  return section(
    e('hiring.manage'),
    live && h('a', { class: 'button quiet wide', href }, e('hiring.edit')),
    posting.status === 'PUBLISHED' && !posting.stale && holds(slug, posting, draw),
    (posting.status === 'PUBLISHED' || posting.status === 'FILLED') &&
      sureButton(
        e('hiring.close'),
        h('p', null, e('hiring.closeMeans')),
        e('hiring.closeYes'),
        doing(draw, (act) => act.run(slug, ClosePostingDocument, { id, version })),
      ),
    (live || WRITTEN.includes(posting.status)) && withdraw(slug, posting, draw),
    keepTemplate(slug, posting),
  );
}

/** What nobody confirmed for long nobody finds: then it is the first thing to press. */
function holds(slug: string, { id, stale }: Posting, draw: () => void) {
  return actButton(
    e('hiring.holds'),
    doing(draw, (act) => act.run(slug, ConfirmPostingDocument, { id })),
    !stale,
  );
}

function withdraw(slug: string, { id, version }: Posting, draw: () => void) {
  const reason = textField({ name: 'reason', label: w('cancel.reason'), maxlength: 200, required: true });
  const all = checkField('cancelConfirmed', e('hiring.cancelConfirmed'));
  return sureButton(
    e('hiring.withdraw'),
    h('div', null, h('p', null, e('hiring.withdrawMeans')), reason.box, all.box),
    e('hiring.withdrawYes'),
    doing(draw, (act) =>
      act.run(slug, WithdrawPostingDocument, { id, version, reason: reason.value(), cancelConfirmed: all.on() }),
    ),
  );
}
