import { PlusOutlined } from '@ant-design/icons';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { Select } from 'antd';
import { useState } from 'react';
import { useQuery } from 'urql';
import { streetOf } from '../../place';
import { useT, useTerm } from '../app/i18n';
import { useAction } from '../app/outcome';
import { useSession } from '../app/session';
import { ExportDirectoryDocument, MarketsDocument, type MarketsQuery } from '../gql/graphql';
import { Chip } from '../kit/chip';
import { ExportButton } from '../kit/download';
import { useFormat } from '../kit/format';
import { LinkButton } from '../kit/link';
import { Page } from '../kit/page';
import { Paged } from '../kit/paged';
import { PAGE_SIZE, usePages } from '../kit/pager';
import { Nothing } from '../kit/state';
import { DataTable } from '../kit/table';
import { ExportForm } from './export-form';
import { MarketFilters } from './filters';
import type { MarketSearch } from './search';
import { toMarketFilter } from './search';
import { StatusTag } from './tags';

const route = getRouteApi('/$slug/markets');
type Row = NonNullable<MarketsQuery['markets']>['edges'][number]['node'];

/** The city's markets with every filter; what is chosen stands in the address, so a list can be sent to a colleague. */
export function MarketList() {
  const t = useT();
  const term = useTerm();
  const { slug, can } = useSession();
  const search = route.useSearch();
  const navigate = useNavigate();
  const filter = toMarketFilter(search);
  const pages = usePages(JSON.stringify(search));
  const query = useQuery({
    query: MarketsDocument,
    variables: { first: PAGE_SIZE, after: pages.after, filter, orderBy: search.order ?? 'NAME' },
  });
  const [printing, setPrinting] = useState(false);
  const [exportDirectory] = useAction(ExportDirectoryDocument);
  const go = (next: MarketSearch) =>
    void navigate({ to: '/$slug/markets', params: { slug }, search: next, replace: true });

  return (
    <Page
      title={t('markets.title')}
      actions={
        <>
          {can('directory.export') ? (
            <ExportButton
              run={(format) => exportDirectory({ format, filter, print: null })}
              more={{ label: t('markets.exportForm'), onClick: () => setPrinting(true) }}
            />
          ) : null}
          {can('market.register') ? (
            <LinkButton to="/$slug/markets/new" params={{ slug }} look="primary" icon={<PlusOutlined />}>
              {t('markets.register')}
            </LinkButton>
          ) : null}
        </>
      }
    >
      {printing ? <ExportForm filter={filter} onClose={() => setPrinting(false)} /> : null}
      <MarketFilters search={search} onChange={go} />
      <Paged query={query} pages={pages} of={(data) => data.markets}>
        {(rows, total) => (
          <>
            <div className="list-head">
              <span role="status">{total === null ? '' : t('markets.count', { n: total })}</span>
              <Select
                aria-label={t('markets.order')}
                value={search.order ?? 'NAME'}
                onChange={(order) => go({ ...search, order })}
                options={(['NAME', 'UPDATED_AT', 'DIVISION'] as const).map((value) => ({
                  value,
                  label: term('order', value),
                }))}
                popupMatchSelectWidth={false}
              />
            </div>
            <MarketTable slug={slug} rows={rows} />
          </>
        )}
      </Paged>
    </Page>
  );
}

function MarketTable({ slug, rows }: { slug: string; rows: Row[] }) {
  const t = useT();
  const term = useTerm();
  const format = useFormat();
  return (
    <DataTable<Row>
      rowKey="id"
      dataSource={rows}
      size="middle"
      scroll={{ x: 980 }}
      locale={{ emptyText: <Nothing text={t('markets.none')} /> }}
      columns={[
        {
          title: t('markets.col.name'),
          width: 230,
          render: (_, m) => (
            <>
              <Link to="/$slug/markets/$id" params={{ slug, id: m.id }} className="strong">
                {m.displayName}
              </Link>
              {m.officialName && m.alias ? <div className="soft">{m.alias}</div> : null}
            </>
          ),
        },
        {
          title: t('markets.col.nature'),
          width: 130,
          render: (_, m) => (
            <>
              {term('nature', m.nature)}
              {m.publicInterest ? <div className="soft">{t('markets.publicInterest')}</div> : null}
            </>
          ),
        },
        { title: t('markets.col.status'), width: 110, render: (_, m) => <StatusTag status={m.status} /> },
        {
          title: t('markets.col.place'),
          render: (_, m) => (
            <>
              {m.address.division.name}
              <div className="soft">
                {streetOf({ divisionName: m.address.division.fullName, address: m.address.text })}
              </div>
            </>
          ),
        },
        {
          title: t('markets.col.trades'),
          render: (_, m) => format.list([...m.trades.map((x) => x.name), ...m.otherTrades]) || '—',
        },
        {
          title: t('markets.col.standardised'),
          width: 120,
          render: (_, m) =>
            m.standardisation.standardised ? (
              <Chip tone="good">✓ {t('choice.yes')}</Chip>
            ) : (
              <Chip title={format.lines(m.standardisation.reasons)}>{t('choice.no')}</Chip>
            ),
        },
        {
          title: t('markets.col.seekers'),
          className: 'nowrap',
          width: 100,
          render: (_, m) => m.seekerScale?.text ?? '—',
        },
        {
          title: t('markets.col.updated'),
          className: 'nowrap',
          width: 120,
          render: (_, m) => format.date(m.updatedAt),
        },
      ]}
    />
  );
}
