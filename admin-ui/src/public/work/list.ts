import { append, h, replace } from '../dom';
import { trouble } from '../frame';
import { t } from '../text';
import { faultText } from './act';
import { w } from './text';

interface Page {
  cards: HTMLElement[];
  /** After which cursor there is more. */
  next: string | null;
}

interface Edges<N> {
  edges: { node: N }[];
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
}

/** A page of a connection as cards. */
export const pageOf = <N>({ edges, pageInfo }: Edges<N>, card: (node: N) => HTMLElement): Page => ({
  cards: edges.map(({ node }) => h('li', null, card(node))),
  next: pageInfo.hasNextPage ? pageInfo.endCursor : null,
});

/** All of a connection, page after page. */
export async function everything<N>(ask: (after: string | null) => Promise<Edges<N> | null>): Promise<N[]> {
  const found: N[] = [];
  for (let after: string | null = null; ; ) {
    const page: Edges<N> | null = await ask(after);
    found.push(...(page?.edges ?? []).map(({ node }) => node));
    if (!page?.pageInfo.hasNextPage) return found;
    after = page.pageInfo.endCursor;
  }
}

/** A list that grows by pages: it says how much of it is shown, what went wrong, and that there is nothing. */
export function cardList(ask: (after: string | null) => Promise<Page | null>, empty: () => HTMLElement) {
  const count = h('p', { class: 'count', role: 'status' });
  const results = h('ol', { class: 'cards' });
  const tail = h('div', { class: 'tail' });
  let asked = 0;

  const show = ({ cards, next }: Page, appended: boolean) => {
    if (!appended) results.replaceChildren();
    append(results, cards);
    count.textContent = w('find.shown', { n: results.children.length });
    replace(tail);
    if (results.children.length === 0) append(tail, [empty()]);
    if (next !== null) append(tail, [moreButton(() => void load(next))]);
    if (appended) cards[0]?.querySelector('a')?.focus();
  };

  const load = async (after: string | null) => {
    const turn = ++asked;
    count.textContent = t('app.loading');
    try {
      const page = await ask(after);
      // A slower, older answer must not overwrite what was asked for last.
      if (turn === asked && page) show(page, after !== null);
    } catch (fault) {
      if (turn !== asked) return;
      count.textContent = '';
      trouble(tail, faultText(fault), () => void load(after));
    }
  };
  return { parts: [count, results, tail], again: () => load(null) };
}

const moreButton = (more: () => void) =>
  h('button', { type: 'button', class: 'button wide', onclick: more }, w('find.more'));
