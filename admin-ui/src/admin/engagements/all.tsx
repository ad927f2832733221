import { Input } from 'antd';
import { useQuery } from 'urql';
import { useT } from '../app/i18n';
import { AnyMarket, type CounterMarket } from '../counter/market';
import { EngagementsDocument } from '../gql/graphql';
import { TermSelect } from '../kit/choice';
import { Labelled } from '../kit/labelled';
import { Paged } from '../kit/paged';
import { PAGE_SIZE, usePages } from '../kit/pager';
import { type EngagementSearch, STATUSES, toEngagementFilter } from './search';
import { EngagementTable } from './table';

interface Props {
  search: EngagementSearch;
  onChange: (next: EngagementSearch) => void;
  markets: CounterMarket['markets'];
}

/** Every engagement within reach, by day, state and what wants looking at. */
export function AllEngagements({ search, onChange, markets }: Props) {
  const t = useT();
  const filter = toEngagementFilter(search);
  const pages = usePages(JSON.stringify(filter));
  const query = useQuery({ query: EngagementsDocument, variables: { first: PAGE_SIZE, after: pages.after, filter } });
  const set = (change: Partial<Record<keyof EngagementSearch, string | undefined>>) =>
    onChange(
      Object.fromEntries(Object.entries({ ...search, ...change }).filter(([, value]) => value)) as EngagementSearch,
    );
  return (
    <>
      <Filters search={search} set={set} markets={markets} />
      <Paged query={query} pages={pages} of={(data) => data.engagements}>
        {(rows, total) => (
          <>
            <div className="list-head">
              <span role="status">{total === null ? '' : t('engage.count', { n: total })}</span>
            </div>
            <EngagementTable
              label={t('engage.tab.all')}
              rows={rows}
              withJob
              refetch={() => query[1]({ requestPolicy: 'network-only' })}
            />
          </>
        )}
      </Paged>
    </>
  );
}

interface FilterProps {
  search: EngagementSearch;
  set: (change: Partial<Record<keyof EngagementSearch, string | undefined>>) => void;
  markets: CounterMarket['markets'];
}

function Filters({ search, set, markets }: FilterProps) {
  const t = useT();
  return (
    <search className="filters">
      <div className="filter-grid">
        <Labelled text={t('engage.status')}>
          {(id) => (
            <TermSelect
              id={id}
              group="engagement"
              values={STATUSES}
              value={search.status}
              allowClear
              placeholder={t('choice.any')}
              onChange={(status) => set({ status })}
            />
          )}
        </Labelled>
        <Labelled text={t('engage.only')}>
          {(id) => (
            <TermSelect
              id={id}
              group="engage.only"
              values={['disputed', 'unclosed', 'warned']}
              value={search.only}
              allowClear
              placeholder={t('choice.any')}
              onChange={(only) => set({ only })}
            />
          )}
        </Labelled>
        <AnyMarket markets={markets} value={search.market} onChange={(market) => set({ market })} />
        {(['from', 'to'] as const).map((key) => (
          <Labelled key={key} text={t(`engage.${key}`)}>
            {(id) => (
              <Input
                id={id}
                type="date"
                value={search[key] ?? ''}
                onChange={(e) => set({ [key]: e.target.value || undefined })}
              />
            )}
          </Labelled>
        ))}
      </div>
    </search>
  );
}
