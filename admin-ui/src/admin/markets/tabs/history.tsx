import { useQuery } from 'urql';
import { type MessageKey, useT } from '../../app/i18n';
import { MarketHistoryDocument } from '../../gql/graphql';
import { PAGE_SIZE, Pager, usePages } from '../../kit/pager';
import { Loaded } from '../../kit/state';
import { Timeline } from '../../kit/timeline';
import { FIELDS } from '../form/conflict-rules';
import type { TabProps } from './props';

/** What happened to a market, a page at a time; of an amendment the fields, never what stood in them. */
export function HistoryTab({ market: { id, version } }: Pick<TabProps, 'market'>) {
  const t = useT();
  const pages = usePages(`${id}${version}`);
  const query = useQuery({
    query: MarketHistoryDocument,
    variables: { id, first: PAGE_SIZE, after: pages.after },
  });
  const known: readonly string[] = FIELDS;
  const named = (field: string) => (known.includes(field) ? t(`conflict.${field}` as MessageKey) : field);
  return (
    <Loaded query={query}>
      {({ market }) => {
        const history = market?.history;
        if (!history) return null;
        const events = history.edges.map(({ node }) => ({
          ...node,
          note: node.fields.length ? t('market.changed', { fields: node.fields.map(named).join('、') }) : null,
        }));
        return (
          <>
            <Timeline events={events} />
            {pages.page > 0 || history.pageInfo.hasNextPage ? (
              <Pager
                pages={pages}
                pageInfo={history.pageInfo}
                totalCount={history.totalCount}
                shown={history.edges.length}
              />
            ) : null}
          </>
        );
      }}
    </Loaded>
  );
}
