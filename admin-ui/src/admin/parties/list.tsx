import { PlusOutlined } from '@ant-design/icons';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { Button, Input, Select } from 'antd';
import { useId, useState } from 'react';
import { useQuery } from 'urql';
import { useT, useTerm } from '../app/i18n';
import { useSession } from '../app/session';
import { PartiesDocument, type PartyRowFragment } from '../gql/graphql';
import { TermSelect } from '../kit/choice';
import { DivisionPicker } from '../kit/division';
import { useFormat } from '../kit/format';
import { Labelled } from '../kit/labelled';
import { LinkButton } from '../kit/link';
import { Page } from '../kit/page';
import { Paged } from '../kit/paged';
import { PAGE_SIZE, usePages } from '../kit/pager';
import { Nothing } from '../kit/state';
import { DataTable } from '../kit/table';
import { YesNo } from '../kit/yes-no';
import { MarketPicker } from '../postings/pickers';
import { ENUMS, type PartySearch, toPartyFilter, YES_NO } from './search';
import { Badge, PartyStanding } from './tags';

const route = getRouteApi('/$slug/parties');

/** Who hires (用工主体), with every filter; all but a telephone number stands in the address. */
export function PartyList() {
  const t = useT();
  const term = useTerm();
  const { slug, can } = useSession();
  const search = route.useSearch();
  const navigate = useNavigate();
  const [phone, setPhone] = useState('');
  const asked = phone ? { ...search, phone } : search;
  const pages = usePages(JSON.stringify(asked));
  const order = search.order ?? 'NEWEST';
  const query = useQuery({
    query: PartiesDocument,
    variables: { first: PAGE_SIZE, after: pages.after, filter: toPartyFilter(asked), orderBy: order },
  });
  const go = (next: PartySearch) =>
    void navigate({ to: '/$slug/parties', params: { slug }, search: next, replace: true });
  return (
    <Page
      title={t('parties.title')}
      lead={t('parties.lead')}
      actions={
        can('party.register') ? (
          <LinkButton to="/$slug/parties/new" params={{ slug }} look="primary" icon={<PlusOutlined />}>
            {t('parties.register')}
          </LinkButton>
        ) : null
      }
    >
      <Filters search={search} onChange={go} phone={phone} onPhone={setPhone} />
      <Paged query={query} pages={pages} of={(data) => data.hiringParties}>
        {(rows, total) => (
          <>
            <div className="list-head">
              <span role="status">{total === null ? '' : t('parties.count', { n: total })}</span>
              <Select
                aria-label={t('markets.order')}
                value={order}
                onChange={(next) => go({ ...search, order: next })}
                options={(['NEWEST', 'NAME'] as const).map((value) => ({ value, label: term('partyOrder', value) }))}
                popupMatchSelectWidth={false}
              />
            </div>
            <PartyTable rows={rows} />
          </>
        )}
      </Paged>
    </Page>
  );
}

interface FilterProps {
  search: PartySearch;
  onChange: (search: PartySearch) => void;
  phone: string;
  onPhone: (phone: string) => void;
}

function Filters({ search, onChange, phone, onPhone }: FilterProps) {
  const t = useT();
  const panel = useId();
  const [open, setOpen] = useState(['market', 'place', ...YES_NO].some((key) => key in search));
  const set = (change: Record<string, unknown>) =>
    onChange(Object.fromEntries(Object.entries({ ...search, ...change }).filter(([, value]) => value !== undefined)));
  const n = Object.keys(search).filter((key) => key !== 'order').length + (phone ? 1 : 0);
  return (
    <search className="filters">
      <div className="filter-grid">
        <Labelled text={t('parties.filter.q')}>
          {(id) => (
            <Input.Search
              id={id}
              key={search.q ?? ''}
              defaultValue={search.q ?? ''}
              allowClear
              onSearch={(q) => set({ q: q.trim() || undefined })}
            />
          )}
        </Labelled>
        {(['status', 'kind'] as const).map((key) => (
          <Labelled key={key} text={t(`parties.filter.${key}`)}>
            {(id) => (
              <TermSelect
                id={id}
                group={key === 'kind' ? 'partyKind' : 'partyStatus'}
                values={ENUMS[key]}
                value={search[key]}
                allowClear
                placeholder={t('choice.any')}
                onChange={(value) => set({ [key]: value })}
              />
            )}
          </Labelled>
        ))}
        <Labelled text={t('parties.filter.phone')}>
          {(id) => <Input.Search id={id} allowClear inputMode="tel" onSearch={(text) => onPhone(text.trim())} />}
        </Labelled>
      </div>
      <div className="filter-bar">
        <Button type="link" aria-expanded={open} aria-controls={panel} onClick={() => setOpen(!open)}>
          {t(open ? 'markets.filter.less' : 'markets.filter.more')}
        </Button>
        {n > 0 ? (
          <Button
            type="link"
            onClick={() => {
              onPhone('');
              onChange(search.order ? { order: search.order } : {});
            }}
          >
            {t('markets.filter.clear', { n })}
          </Button>
        ) : null}
      </div>
      <div className="filter-grid" id={panel} hidden={!open}>
        <Labelled text={t('postings.filter.market')}>
          {(id) => <MarketPicker id={id} allowClear value={search.market} onChange={(market) => set({ market })} />}
        </Labelled>
        <Labelled text={t('parties.county')}>
          {(id) => <DivisionPicker id={id} allowClear value={search.place} onChange={(place) => set({ place })} />}
        </Labelled>
        {YES_NO.map((key) => (
          <Labelled key={key} text={t(`parties.filter.${key}`)}>
            {(id) => (
              <YesNo
                id={id}
                value={search[key] === undefined ? undefined : search[key] === 'yes'}
                onChange={(value) => set({ [key]: value === undefined ? undefined : value ? 'yes' : 'no' })}
              />
            )}
          </Labelled>
        ))}
      </div>
    </search>
  );
}

function PartyTable({ rows }: { rows: PartyRowFragment[] }) {
  const t = useT();
  const term = useTerm();
  const format = useFormat();
  const { slug } = useSession();
  return (
    <DataTable<PartyRowFragment>
      rowKey="id"
      aria-label={t('parties.title')}
      dataSource={rows}
      size="middle"
      scroll={{ x: 980 }}
      locale={{ emptyText: <Nothing text={t('parties.none')} /> }}
      columns={[
        {
          title: t('parties.name'),
          width: 190,
          render: (_, p) => (
            <>
              <Link to="/$slug/parties/$id" params={{ slug, id: p.id }} className="strong">
                {p.displayName}
              </Link>
              {p.uscc ? <div className="soft">{p.uscc}</div> : null}
            </>
          ),
        },
        { title: t('parties.kind'), width: 110, render: (_, p) => term('partyKind', p.kind) },
        { title: t('parties.status'), width: 110, render: (_, p) => <PartyStanding party={p} /> },
        { title: t('parties.verified'), width: 170, render: (_, p) => <Badge party={p} /> },
        {
          title: t('parties.county'),
          width: 150,
          render: (_, p) => (
            <>
              {p.countyName ?? p.county}
              {p.marketName ? <div className="soft">{p.marketName}</div> : null}
            </>
          ),
        },
        {
          title: t('parties.contact'),
          width: 140,
          render: (_, p) => [p.contactName, p.contactPhone].filter(Boolean).join(' ') || '—',
        },
        {
          title: t('parties.registeredOn'),
          width: 110,
          className: 'nowrap',
          render: (_, p) => format.date(p.createdAt),
        },
      ]}
    />
  );
}
