import { askOwn } from '../api';
import { h, ICONS, icon, replace } from '../dom';
import { t } from '../text';
import { Act } from './act';
import { line, statusTag } from './cards';
import { MyWorkDocument, type MyWorkQuery, StillLookingDocument, StopLookingDocument } from './gql/graphql';
import { actButton, redrawn } from './kit';
import { cardList, pageOf } from './list';
import { ownPage, signOut, signOutEverywhere, type Viewer } from './signin';
import { moment, span, type WorkKey, w, wage } from './text';

const PAGE = 20;
type Mine = NonNullable<MyWorkQuery['myEngagements']>['edges'][number]['node'];

/** One's own page (我的): what is next, who still looks, and the doors to everything that is one's own. */
export async function showMe(slug: string) {
  const draw = () => showMe(slug);
  const page = await ownPage(slug, w('me.title'), draw, w('me.signIn'));
  if (!page) return;
  const { viewer, main } = page;
  replace(
    main,
    h('h1', null, w('me.hello', { name: viewer.citizen.nameMasked ?? viewer.citizen.phoneMasked ?? '' })),
    viewer.worker ? looking(slug, viewer.worker, draw) : notRegistered(slug),
    viewer.worker && myWork(slug),
    doors(slug, viewer),
  );
}

function notRegistered(slug: string) {
  return h(
    'section',
    { class: 'block' },
    h('h2', null, w('me.notRegistered')),
    h('p', null, w('me.notRegisteredHelp')),
    h('a', { class: 'button wide', href: `/${slug}/me/register` }, w('register.title')),
  );
}

/** One tap keeps somebody in the list; whoever has found work takes themselves out of it. */
function looking(slug: string, worker: NonNullable<Viewer['worker']>, draw: () => void) {
  const still = new Act();
  const stop = new Act();
  const said = worker.looking
    ? w('looking.yes', { until: worker.lookingUntil ? moment(worker.lookingUntil) : '' })
    : w('looking.no');
  return h(
    'section',
    { class: 'block', id: 'looking' },
    h('h2', null, w('looking.title')),
    h('p', { class: 'big' }, said),
    h('p', { class: 'hint' }, worker.trades.map((trade) => trade.name).join('、'), ' · ', worker.countyName),
    actButton(w('looking.still'), async () => {
      const { refused } = await still.run(slug, StillLookingDocument, { workerId: null });
      if (!refused) await redrawn(draw);
      return refused;
    }),
    worker.looking &&
      actButton(
        w('looking.stop'),
        async () => {
          const { refused } = await stop.run(slug, StopLookingDocument, { workerId: null });
          if (!refused) await redrawn(draw);
          return refused;
        },
        true,
      ),
  );
}

function myWork(slug: string) {
  let open = true;
  const list = cardList(
    async (after) => {
      const { myEngagements: page } = await askOwn(slug, MyWorkDocument, { first: PAGE, after, open });
      return page && pageOf(page, (mine) => workCard(slug, mine));
    },
    () => h('p', { class: 'hint' }, w(open ? 'me.none' : 'me.noneEver')),
  );
  const choose = (wanted: boolean) =>
    h(
      'button',
      {
        type: 'button',
        class: 'chip',
        'aria-pressed': String(wanted === open),
        onclick: (event: Event) => {
          open = wanted;
          const chosen = event.currentTarget as HTMLElement;
          for (const chip of chosen.parentElement?.children ?? [])
            chip.setAttribute('aria-pressed', String(chip === chosen));
          void list.again();
        },
      },
      w(wanted ? 'me.open' : 'me.all'),
    );
  void list.again();
  return h(
    'section',
    { id: 'work' },
    h('h2', null, w('me.work')),
    h('div', { class: 'chips', role: 'group', 'aria-label': w('me.work') }, choose(true), choose(false)),
    list.parts,
  );
}

function workCard(slug: string, mine: Mine) {
  const href = `/${slug}/me/jobs/${encodeURIComponent(mine.id)}`;
  const { job } = mine;
  const next = `next.${mine.status}` as WorkKey;
  return h(
    'article',
    { class: 'card' },
    h('h3', null, job.title),
    h('p', { class: 'tags' }, statusTag(mine.status), h('span', { class: 'tag' }, wage(job))),
    line(ICONS.clock, span(job.startsAt, job.endsAt)),
    line(ICONS.pin, job.place),
    h('p', { class: 'trades' }, mine.partyName),
    h(
      'div',
      { class: 'row' },
      h('a', { class: 'button', href, 'aria-label': `${w(next)}${t('app.colon')}${job.title}` }, w(next)),
    ),
  );
}

function doors(slug: string, viewer: Viewer) {
  const door = (path: string, key: WorkKey) =>
    h('li', null, h('a', { href: `/${slug}${path}` }, h('b', null, w(key)), icon(ICONS.chevron)));
  return h(
    'section',
    null,
    h('h2', null, w('me.more')),
    h(
      'ul',
      { class: 'cities' },
      viewer.worker && [
        door('/me/wishes', 'wishes.title'),
        door('/me/record', 'record.title'),
        door('/me/points', 'points.title'),
      ],
      door('/me/data', 'data.title'),
      door('/hire', viewer.parties.length > 0 ? 'hire.mine' : 'hire.want'),
    ),
    h(
      'p',
      null,
      h('button', { type: 'button', class: 'button quiet wide', onclick: () => void signOut(slug) }, w('sign.out')),
    ),
    signOutEverywhere(slug),
  );
}
