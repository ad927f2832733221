import { ask, askOwn } from '../../api';
import { h, ICONS, replace } from '../../dom';
import { section } from '../../frame';
import { t } from '../../text';
import { Act, faultText } from '../act';
import { line, statusTag } from '../cards';
import {
  MyHiringDocument,
  type MyHiringQuery,
  MyPostingsDocument,
  type MyPostingsQuery,
  PledgeTextDocument,
  SignPledgeDocument,
  StillHiringDocument,
} from '../gql/graphql';
import { actButton, checkField, form, lines, redrawn, unfold } from '../kit';
import { cardList, pageOf } from '../list';
import { doing } from '../next';
import { ownPage } from '../signin';
import { date, span, w, wage } from '../text';
import { actingChoice, actingFor, agencyFor } from './acting';
import { agentsBox, leaving, ownRequests } from './agents';
import { favouriteList } from './favourites';
import { isPerson } from './party';
import { holdsPlace } from './places';
import { templateList } from './templates';
import { e } from './text';

const PAGE = 20;
export type Party = NonNullable<MyHiringQuery['myParties']>['edges'][number]['node'];
type Mine = NonNullable<MyPostingsQuery['postings']>['edges'][number]['node'];

export async function myParties(slug: string): Promise<Party[]> {
  const { myParties: page } = await askOwn(slug, MyHiringDocument, { first: 100, after: null });
  return (page?.edges ?? []).map((edge) => edge.node);
}

/** The hiring side (招人): for whom somebody hires, what is posted, and one press to post. */
export async function showHire(slug: string) {
  const draw = () => showHire(slug);
  const page = await ownPage(slug, e('hire.title'), draw, e('hire.signIn'));
  if (!page) return;
  const parties = await myParties(slug);
  const party = actingFor(slug, parties);
  replace(
    page.main,
    h('h1', null, e('hire.title')),
    parties.length === 0 && h('p', { class: 'lead' }, e('hire.lead')),
    actingChoice(slug, page.viewer, parties, draw),
    party && [
      mayPost(party) && h('a', { class: 'button wide', href: `/${slug}/hire/post` }, e('post.title')),
      partyCard(slug, party, agencyFor(page.viewer, party.id), draw),
      postings(slug, party.id),
    ],
    ownRequests(slug),
    h(
      'p',
      null,
      h(
        'a',
        { class: party ? 'button quiet wide' : 'button wide', href: `/${slug}/hire/register` },
        e(party ? 'party.another' : 'party.title'),
      ),
    ),
  );
}

/** What waits to be verified is written meanwhile. */
export const mayPost = ({ status }: Party) => status === 'VERIFIED' || status === 'PENDING';

function partyCard(slug: string, party: Party, agent: ReturnType<typeof agencyFor>, draw: () => void) {
  const badge = party.verifiedBadge;
  const missing = party.missingSteps ?? [];
  return section(
    party.displayName,
    h(
      'p',
      { class: 'tags' },
      h('span', { class: 'tag' }, e(`kind.${party.kind}`)),
      h('span', { class: party.status === 'VERIFIED' ? 'tag open' : 'tag closed' }, e(`partyStatus.${party.status}`)),
      party.fastLane && h('span', { class: 'tag open' }, e('party.fast')),
      agent && h('span', { class: 'tag' }, e('agents.AGENT')),
    ),
    badge && h('p', null, '✓ ', w('party.verifiedOn', { on: date(badge.on) }), ` · ${badge.by}`),
    mayPost(party) && stillHiring(slug, party, draw),
    party.statusReason && h('p', { class: 'notice bad' }, party.statusReason),
    party.notice && h('p', { class: 'notice' }, party.notice.text),
    missing.length > 0 && [h('h3', null, e('party.missing')), lines(missing.map((step) => e(`step.${step}`)))],
    party.fastLaneLostUntil && h('p', { class: 'hint' }, e('party.laneLost', { on: date(party.fastLaneLostUntil) })),
    !party.pledged && party.status !== 'CLOSED' && pledge(slug, party, draw),
    templateList(slug, party.id),
    favouriteList(slug, party.id),
    !isPerson(party.kind) && !agent && agentsBox(slug, party.id),
    agent && leaving(slug, agent, draw),
  );
}

/** One tap says so; who has not for long is told, as everybody else is. */
export function stillHiring(slug: string, { id, stale, lastConfirmedAt }: Party, draw: () => void) {
  const said = e(stale ? 'still.stale' : 'still.said', { on: date(lastConfirmedAt) });
  return [
    h('p', { class: stale ? 'notice bad' : 'hint' }, said),
    actButton(
      e('still.button'),
      doing(draw, (act) => act.run(slug, StillHiringDocument, { id })),
      !stale,
    ),
  ];
}

/** The pledge of those who hire: all of it is read before it is signed. */
function pledge(slug: string, party: Party, draw: () => void) {
  const box = h('div');
  const load = async () => {
    const { partyPledge: text } = await ask(slug, PledgeTextDocument, { version: null });
    if (!text) return;
    const read = checkField('read', e('pledge.read'), { needed: true });
    const act = new Act();
    const send = async () => {
      const asked = { id: party.id, pledgeVersion: text.version, evidence: null, version: party.version };
      const { refused } = await act.run(slug, SignPledgeDocument, asked);
      if (!refused) await redrawn(draw);
      return refused;
    };
    replace(
      box,
      h('p', null, h('b', null, text.title)),
      lines(text.promises),
      form(() => [read], read.box, e('pledge.sign'), send),
    );
  };
  const details = unfold(e('pledge.title'), h('p', null, e('pledge.why')), box);
  details.addEventListener('toggle', () => {
    if (details.open && !box.firstChild) load().catch((fault) => replace(box, faultText(fault)));
  });
  return details;
}

function postings(slug: string, partyId: string) {
  const list = cardList(
    async (after) => {
      const { postings: page } = await askOwn(slug, MyPostingsDocument, { first: PAGE, after, filter: { partyId } });
      return page && pageOf(page, (posting) => postingCard(slug, posting));
    },
    () => h('p', { class: 'hint' }, e('hire.none')),
  );
  void list.again();
  return h('section', null, h('h2', null, e('hire.postings')), list.parts);
}

const WAITING = ['APPLIED', 'CONTACTED', 'AGREED'];
/** Counted by the hires: of what is not published no place is left, and none is taken either. */
export function takenText(counts: Mine['engagementCounts'], of: number) {
  const n = counts.filter(({ status }) => holdsPlace(status)).reduce((sum, { count }) => sum + count, 0);
  return e('hire.taken', { n, of });
}

function postingCard(slug: string, posting: Mine) {
  const href = `/${slug}/hire/postings/${encodeURIComponent(posting.id)}`;
  const waiting = posting.engagementCounts
    .filter(({ status }) => WAITING.includes(status))
    .reduce((sum, { count }) => sum + count, 0);
  return h(
    'article',
    { class: 'card' },
    h('h3', null, posting.title),
    h(
      'p',
      { class: 'tags' },
      postingTag(posting.status),
      h('span', { class: 'tag' }, takenText(posting.engagementCounts, posting.headcount)),
      posting.stale && h('span', { class: 'tag closed' }, e('hire.stale')),
      waiting > 0 && h('span', { class: 'tag open' }, e('hire.waiting', { n: waiting })),
    ),
    h('p', { class: 'wage' }, wage(posting)),
    line(ICONS.clock, span(posting.startsAt, posting.endsAt)),
    line(ICONS.pin, posting.place),
    h('p', { class: 'trades' }, posting.partyName),
    h(
      'div',
      { class: 'row' },
      h(
        'a',
        { class: 'button', href, 'aria-label': `${e('hire.see')}${t('app.colon')}${posting.title}` },
        e('hire.see'),
      ),
    ),
  );
}

export const postingTag = (status: Mine['status']) =>
  statusTag(status === 'PUBLISHED' ? 'CONFIRMED' : status, () => e(`posting.${status}`));
