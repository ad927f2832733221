import { useQuery } from 'urql';
import { type MessageKey, useT } from '../../app/i18n';
import { MarketHistoryDocument } from '../../gql/graphql';
import { useFormat } from '../../kit/format';
import { Paged } from '../../kit/paged';
import { PAGE_SIZE, usePages } from '../../kit/pager';
import { Timeline } from '../../kit/timeline';
import { FIELDS } from '../form/compared';
import type { TabProps } from './props';

/** What happened to a market, a page at a time; of an amendment the fields, never what stood in them. */
export function HistoryTab({ market: { id, version } }: Pick<TabProps, 'market'>) {
  const t = useT();
  const format = useFormat();
  const pages = usePages(`${id}${version}`);
  const query = useQuery({
    query: MarketHistoryDocument,
    variables: { id, first: PAGE_SIZE, after: pages.after },
  });
  const known: readonly string[] = FIELDS;
  const named = (field: string) => (known.includes(field) ? t(`conflict.${field}` as MessageKey) : field);
  return (
    <Paged query={query} pages={pages} of={({ market }) => market?.history}>
      {(rows) => (
        <Timeline
          events={rows.map((event) => ({
            ...event,
            note: event.fields.length ? t('market.changed', { fields: format.list(event.fields.map(named)) }) : null,
          }))}
        />
      )}
    </Paged>
  );
}
