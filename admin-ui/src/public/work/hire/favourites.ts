import { askOwn } from '../../api';
import { h, replace } from '../../dom';
import { section } from '../../frame';
import { Act } from '../act';
import {
  DropFavouriteDocument,
  KeepFavouriteDocument,
  MyFavouritesDocument,
  type MyFavouritesQuery,
} from '../gql/graphql';
import type { Job } from '../job';
import { actButton } from '../kit';
import { everything } from '../list';
import { opened } from './opened';
import { holdsPlace } from './places';
import { e } from './text';

export type Favourite = NonNullable<MyFavouritesQuery['favourites']>['edges'][number]['node'];

export const favouritesOf = (slug: string, partyId: string): Promise<Favourite[]> =>
  everything(async (after) => {
    const { favourites } = await askOwn(slug, MyFavouritesDocument, { partyId, first: 100, after });
    return favourites;
  });

/** Whom a hiring party would take again, to be known among those who apply; without an answer nobody is marked. */
export async function favouriteWorkers(slug: string, partyId: string): Promise<ReadonlySet<string>> {
  const all = await favouritesOf(slug, partyId).catch(() => []);
  return new Set(all.map(({ worker }) => worker.id));
}

/** Somebody who has a place, or had one: kept as a favourite, or no longer. */
export function favouriteBox(slug: string, { partyId, workerId, status }: Job) {
  if (!workerId || !holdsPlace(status)) return null;
  const box = h('div');
  const act = new Act();
  const show = (kept: boolean, pressed: boolean) => {
    const run = async () => {
      const asked = { partyId, workerId };
      const { refused } = kept
        ? await act.run(slug, DropFavouriteDocument, asked)
        : await act.run(slug, KeepFavouriteDocument, asked);
      if (!refused) show(!kept, true);
      return refused;
    };
    replace(
      box,
      h('p', { class: 'hint', role: 'status' }, e(kept ? 'favourite.is' : 'favourite.why')),
      actButton(e(kept ? 'favourite.drop' : 'favourite.keep'), run, true),
    );
    if (pressed) box.querySelector('button')?.focus();
  };
  void favouriteWorkers(slug, partyId).then((all) => show(all.has(workerId), false));
  return section(e('favourite.title'), box);
}

/** All of them, and who of them looks for work just now. */
export function favouriteList(slug: string, partyId: string) {
  const box = h('div');
  const load = async () => {
    const all = await favouritesOf(slug, partyId);
    replace(
      box,
      h('p', { class: 'hint' }, e(all.length === 0 ? 'favourite.none' : 'favourite.hint')),
      h(
        'ul',
        { class: 'people' },
        all.map(({ worker }) => h('li', null, favouriteRow(slug, partyId, worker, load))),
      ),
    );
  };
  return opened(e('favourite.title'), box, load);
}

function favouriteRow(slug: string, partyId: string, worker: Favourite['worker'], again: () => Promise<void>) {
  const act = new Act();
  return [
    h('b', null, worker.nameMasked),
    worker.looking && h('span', { class: 'tag open' }, e('favourite.looking')),
    actButton(
      e('favourite.dropOne', { name: worker.nameMasked }),
      async () => {
        const { refused } = await act.run(slug, DropFavouriteDocument, { partyId, workerId: worker.id });
        if (!refused) await again();
        return refused;
      },
      true,
    ),
  ];
}
